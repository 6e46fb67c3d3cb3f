import { describe, expect, test } from "vitest";
import type { BoxRole } from "./box-role.ts";
import { type DiagramVerdict, judgeDiagram } from "./judge-diagram.ts";
import { parseDiagram } from "./parse-diagram.ts";
import type { RequiredFlow } from "./required-flow.ts";

// Acceptance cases of design note 6.1 and the rules of 3.6.

function flow(
  id: string,
  roles: readonly BoxRole[],
  more: Partial<RequiredFlow> = {},
): RequiredFlow {
  const stops = roles.map((role) => ({
    roles: role === "lb" || role === "gateway" ? (["lb", "gateway"] as const) : [role],
  }));
  return { id, label: id, critical: true, async: false, writes: false, stops, ...more };
}

const READ = flow("read", ["client", "service", "db"]);
const CREATE = flow("create", ["client", "service", "kgs", "db"], { writes: true });
const CLICKS = flow("clicks", ["client", "service", "queue"], { async: true, critical: false });

function judge(
  text: string,
  flows: readonly RequiredFlow[],
  named: readonly string[] = [],
): DiagramVerdict {
  return judgeDiagram(parseDiagram(text), flows, (label) => named.includes(label));
}

function singlePoints(verdict: DiagramVerdict): Record<string, string[]> {
  return Object.fromEntries(
    verdict.flows.map(({ id, singlePoints: found }) => [id, found.map(({ label }) => label)]),
  );
}

const LONE = `flowchart LR
  C([Client]) --> LB[Load balancer] --> API[API service]
  API --> R[(Redis cache)]
  API --> DB[(URL DB)]
  API --> K[KGS] --> KDB[(Key DB)]
  API -.-> Q[Kafka cluster] -.-> AN[Analytics worker]`;

describe("single points of failure", () => {
  test("are the dominators of each critical flow and its end", () => {
    expect(singlePoints(judge(LONE, [READ, CREATE]))).toEqual({
      read: ["Load balancer", "API service", "URL DB"],
      create: ["Load balancer", "API service", "KGS", "Key DB"],
    });
  });

  test("are gone where everything stands twice or says so", () => {
    const twice = `flowchart LR
      C([Client]) --> LB1[Load balancer 1] & LB2[Load balancer 2] --> API[API service x3]
      API --> R[(Redis cache)]
      API --> DB[(URL DB primary)]:::redundant --> DR[(URL DB replica)]
      API --> K[KGS x2] --> KDB[(Key DB, replicated)]
      API -.-> Q[Kafka cluster] -.-> AN[Analytics worker]`;
    expect(singlePoints(judge(twice, [READ, CREATE]))).toEqual({ read: [], create: [] });
  });

  test.each([
    ["URL DB sharded", true],
    ["URL DB x3", false],
    ["3x URL DB", false],
    ["URL DB ×2", false],
    ["URL DB x1", true],
    ["URL DB replicas", false],
    ["URL DB + standby", false],
    ["URL DB, no replicas", true],
    ["URL DB, unreplicated", true],
    ["URL DB, single instance", true],
    ["URL DB multi-AZ", false],
    ["URL DB (managed)", false],
  ])("%j", (label, isSingle) => {
    const text = `C[Client] --> A[API x2] --> D["${label}"]`;
    expect(singlePoints(judge(text, [READ]))["read"]).toEqual(isSingle ? [label] : []);
  });

  test("a read replica saves the reads, not the writes", () => {
    const text = "C[Client] --> A[API x2] --> P[(Primary DB)]\nA --> R[(DB replica)]\nP --> R";
    const write = flow("write", ["client", "service", "db"], { writes: true });
    expect(singlePoints(judge(text, [READ, write]))).toEqual({ read: [], write: ["Primary DB"] });
    const standby = text.replace("DB replica", "DB replica, hot standby");
    expect(singlePoints(judge(standby, [write]))).toEqual({ write: [] });
  });

  test("a cache beside the database is none, one before it is", () => {
    const beside = "C[Client] --> A[API x2] --> D[DB x2]\nA --> R[Redis]";
    expect(singlePoints(judge(beside, [READ]))["read"]).toEqual([]);
    const before = "C[Client] --> A[API x2] --> R[Redis] --> D[DB x2]";
    expect(singlePoints(judge(before, [READ]))["read"]).toEqual(["Redis"]);
  });

  test("a lost cache is no lost answer where the service reaches the database as well", () => {
    const hit = flow("hit", ["client", "service", "cache"]);
    const beside = "C[Client] --> A[API x2] --> R[Redis]\nA --> D[DB x2]";
    expect(judge(beside, [hit])).toMatchObject({ exempt: ["Redis"], points: { singlePoints: 4 } });
    expect(singlePoints(judge("C[Client] --> A[API x2] --> R[Redis]", [hit]))["hit"]).toEqual([
      "Redis",
    ]);
  });

  test("DNS, CDN, object stores and unknown boxes are listed, not counted", () => {
    const text = "C[Client] --> N[DNS] --> X[Magic] --> A[API x2] --> S[(Object storage)]";
    const verdict = judge(text, [flow("media", ["client", "service", "objectStore"])]);
    expect(verdict.flows[0]?.singlePoints).toEqual([]);
    expect(verdict.exempt).toEqual(["DNS", "Magic", "Object storage"]);
    expect(verdict.unknown).toEqual(["Magic"]);
  });

  test("half the points come back when all of them are named with a fix", () => {
    const all = ["Load balancer", "API service", "URL DB"];
    expect(judge(LONE, [READ]).points.singlePoints).toBe(0);
    expect(judge(LONE, [READ], all.slice(1)).points.singlePoints).toBe(0);
    expect(judge(LONE, [READ], all).points.singlePoints).toBe(2);
  });
});

describe("flows", () => {
  test("a client that goes straight to the database is told so, and the flow is missing", () => {
    const verdict = judge("U[User] --> DB[(DB)]\nU --> S[Chat service]", [READ]);
    expect(verdict.forbidden.map(({ line }) => line)).toEqual([1]);
    expect(verdict.flows[0]?.path).toBeUndefined();
    expect(singlePoints(verdict)).toEqual({ read: ["DB"] });
    expect(verdict.points).toMatchObject({ flows: 0, forbidden: 0, singlePoints: 0 });
  });

  test("extra boxes may lie between, a store may not", () => {
    const between =
      "C[Client] --> N[DNS] --> G[Gateway] --> A[User service] --> B[Auth service] --> D[DB]";
    expect(judge(between, [READ]).flows[0]?.path).toEqual([
      "Client",
      "DNS",
      "Gateway",
      "User service",
      "Auth service",
      "DB",
    ]);
    const through = "C[Client] --> A[API] --> Q[Queue] --> W[Worker] --> D[DB]";
    expect(judge(through, [READ]).flows[0]?.path).toBeUndefined();
  });

  test("a load balancer stands for a gateway; a service behind a queue for its worker", () => {
    const gateway = flow("send", ["client", "gateway", "service", "db"]);
    expect(judge("C[App] --> L[LB] --> S[Chat service] --> D[DB]", [gateway]).points.flows).toBe(8);
    const fanOut = flow("fan-out", ["client", "service", "queue", "worker", "cache"], {
      async: true,
    });
    const text = "C[App] --> T[Tweet service] --> K[Kafka] --> F[Feed service] --> R[Redis]";
    expect(judge(text, [fanOut]).points.async).toBe(2);
    expect(judge(text.replace("K[Kafka] --> ", ""), [fanOut]).points.async).toBe(0);
  });

  test("arrows may be drawn where the data go", () => {
    const play = flow("play", ["client", "cdn", "objectStore"]);
    expect(judge("O[S3] --> E[CDN] --> C[Viewer app]", [play]).points.flows).toBe(8);
  });

  test("a search service is a service and its index is the search", () => {
    const search = flow("search", ["client", "service", "search"]);
    expect(judge("C[App] --> S[Search service] --> E[Elasticsearch]", [search]).points.flows).toBe(
      8,
    );
  });

  test("a role can be stated", () => {
    const text = "C:::client --> X[Fox]:::service --> Y[Hen]:::db\nclass C redundant";
    expect(judge(text, [READ]).points.flows).toBe(8);
  });
});

describe("points", () => {
  const GOOD = LONE.replaceAll(/\[(Load balancer|API service|KGS)\]/g, "[[$1]]")
    .replace("URL DB", "URL DB replicas")
    .replace("Key DB", "Key DB + standby");

  test("all of them for a whole design", () => {
    expect(judge(GOOD, [READ, CREATE, CLICKS]).points).toEqual({
      roles: 4,
      flows: 8,
      async: 2,
      forbidden: 2,
      singlePoints: 4,
    });
  });

  test("none for an empty one, and none for boxes without a flow", () => {
    const none = { roles: 0, flows: 0, async: 0, forbidden: 0, singlePoints: 0 };
    expect(judge("", [READ, CREATE, CLICKS]).points).toEqual(none);
    expect(judge("A --> B", [READ, CREATE, CLICKS]).points).toEqual(none);
  });

  test("what is not drawn is named by its role", () => {
    expect(judge(GOOD.replace(/API -\..*/, ""), [READ, CLICKS]).missingRoles).toEqual(["queue"]);
  });
});
