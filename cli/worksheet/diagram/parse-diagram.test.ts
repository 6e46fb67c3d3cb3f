import { describe, expect, test } from "vitest";
import { parseDiagram } from "./parse-diagram.ts";

/** `from>to`, with `~` for a dotted arrow and `<>` for both ways. */
function arrows(text: string): string[] {
  const { boxes, arrows: drawn } = parseDiagram(text);
  const label = (id: string): string => boxes.find((box) => box.id === id)?.label ?? "?";
  return drawn.map(
    ({ from, to, async, both }) => `${label(from)}${both ? "<>" : async ? "~" : ">"}${label(to)}`,
  );
}

describe("a flowchart", () => {
  test.each([
    ["flowchart LR\nA --> B", ["A>B"]],
    ["graph TD; A-->B; B-->C", ["A>B", "B>C"]],
    ["A --> B --> C", ["A>B", "B>C"]],
    ["A & B --> C & D", ["A>C", "A>D", "B>C", "B>D"]],
    ["A -->|reads| B", ["A>B"]],
    ["A -- reads --> B", ["A>B"]],
    ["A --reads--> B", ["A>B"]],
    ["A -. later .-> B", ["A~B"]],
    ["A -.-> B", ["A~B"]],
    ["A -..-> B", ["A~B"]],
    ["A -.->|click| B -.-> C", ["A~B", "B~C"]],
    ["A ==> B", ["A>B"]],
    ["A == fat ==> B", ["A>B"]],
    ["A ====> B", ["A>B"]],
    ["A --- B", ["A<>B"]],
    ["A <--> B", ["A<>B"]],
    ["A <-->|WebSocket| B", ["A<>B"]],
    ["A --x B", ["A>B"]],
    ["A o--o B", ["A<>B"]],
    ["A <-- B", ["B>A"]],
    ["A---orders", ["A<>orders"]],
    ["A ~~~ B", []],
    ["A e1@--> B", ["A>B"]],
    ["api-gw-->user_db", ["api-gw>user_db"]],
    ["A -> B → C", ["A>B", "B>C"]],
  ])("%j", (text, expected) => {
    expect(parseDiagram(text).problems).toEqual([]);
    expect(arrows(text)).toEqual(expected);
  });

  test.each([
    ["A[Load balancer]", "["],
    ["A(Load balancer)", "("],
    ["A([Load balancer])", "(["],
    ["A[[Load balancer]]", "[["],
    ["A[(Load balancer)]", "[("],
    ["A((Load balancer))", "(("],
    ["A(((Load balancer)))", "((("],
    ["A{Load balancer}", "{"],
    ["A{{Load balancer}}", "{{"],
    ["A>Load balancer]", ">"],
    ["A[/Load balancer/]", "[/"],
    ["A[/Load balancer\\]", "[/"],
    ["A[\\Load balancer\\]", "[\\"],
    ['A["Load balancer"]', "["],
    ['A["`Load **balancer**`"]', "["],
    ["A[Load<br/>balancer]:::lb", "["],
    ['A@{ shape: rect, label: "Load balancer" }', "["],
  ])("the shape of %j", (text, shape) => {
    const { boxes, problems } = parseDiagram(`${text} --> B`);
    expect(problems).toEqual([]);
    expect(boxes[0]).toMatchObject({ id: "A", label: "Load balancer", shape });
    expect(boxes).toHaveLength(2);
  });

  test("brackets, pipes and semicolons inside a label stay there", () => {
    const { boxes } = parseDiagram('A["DB (main; a|b) [x]"] --> B[API (v2)]; B --> C');
    expect(boxes.map(({ label }) => label)).toEqual(["DB (main; a|b) [x]", "API (v2)", "C"]);
  });

  test("a label may come after the first mention, classes from anywhere", () => {
    const { boxes } = parseDiagram(
      "A --> B\nA[Client]\nB:::db\nclass A,B hot\nclassDef hot fill:red",
    );
    expect(boxes).toMatchObject([
      { label: "Client", classes: ["hot"], line: 1 },
      { label: "B", classes: ["db", "hot"], line: 1 },
    ]);
  });

  test("an arrow to a subgraph goes to all of its boxes", () => {
    const text = "LB --> apis\nsubgraph apis [API servers]\nA1\nA2\nend\napis --> DB";
    expect(arrows(text)).toEqual(["LB>A1", "LB>A2", "A1>DB", "A2>DB"]);
  });

  test("looks, comments and front matter are left out", () => {
    const text = "---\ntitle: x\n---\n%% a comment\nflowchart LR\nstyle A fill:#fff\nA --> B\n";
    expect(parseDiagram(text)).toMatchObject({ problems: [], boxes: [{ id: "A" }, { id: "B" }] });
  });
});

test("a list of arrows, with names of several words", () => {
  const list = "- Client -> Load balancer -> API service\n- api service -> URL DB, Redis cache";
  expect(arrows(list)).toEqual([
    "Client>Load balancer",
    "Load balancer>API service",
    "API service>URL DB",
    "API service>Redis cache",
  ]);
  expect(arrows("Timeline service -> Graph DB")).toEqual(["Timeline service>Graph DB"]);
});

describe("what cannot be read", () => {
  test("is a problem with its line, and the rest is read", () => {
    const { problems, boxes } = parseDiagram("flowchart LR\nA[unclosed --> B\nC --> D", 40);
    expect(problems).toEqual([{ line: 41, text: 'cannot read "A[unclosed --> B"' }]);
    expect(boxes.map(({ id }) => id)).toEqual(["C", "D"]);
  });

  test("a sequence diagram is named and not scored", () => {
    const { problems, boxes } = parseDiagram("sequenceDiagram\nA->>B: hello");
    expect(boxes).toEqual([]);
    expect(problems[0]?.text).toContain("sequenceDiagram is not scored");
  });

  test("too much of anything ends the reading, quickly", () => {
    const fan = Array.from({ length: 300 }, (_, i) => `n${i}`).join(" & ");
    const many = Array.from({ length: 3000 }, (_, i) => `a${i} --> b${i}`).join("\n");
    const group = `subgraph g\n${fan.split(" & ").join("\n")}\nend\n${"g --> g\n".repeat(2000)}`;
    for (const text of [`${fan} --> ${fan}`, many, group, `A[${"(".repeat(5000)}`]) {
      const { arrows: drawn, boxes } = parseDiagram(text);
      expect(drawn.length).toBeLessThanOrEqual(2000);
      expect(boxes.length).toBeLessThanOrEqual(400);
    }
  });
});
