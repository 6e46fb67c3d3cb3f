import { say } from "../../../../graders/reading.ts";
import type { Remark } from "../remark.ts";
import type { WrittenOperation } from "./written-operation.ts";

const SLOT = "api";
const CALLER = /\b(?:user|owner|sender|author|customer|driver|follower)_?id\b/i;
/** `createURL`, `delete-tweet`, `get`; a search or an upload may be a resource. */
const VERB_FIRST =
  /^(?:create|get|fetch|read|list|add|make|insert|update|edit|modify|delete|remove)(?:$|[A-Z_-])/;
const PAGED = /cursor|limit|page|offset|since|before|after|next|token/i;

/** What an interviewer would ask about; it costs no points. */
export function lintOperations(operations: readonly WrittenOperation[]): Remark[] {
  const remarks = operations.flatMap((operation) =>
    CHECKS.flatMap((check) => {
      const text = check(operation);
      return text === undefined ? [] : [{ line: operation.line, slot: SLOT, text }];
    }),
  );
  const [first] = operations;
  if (first !== undefined && !operations.some(namesErrors)) {
    remarks.push({
      line: first.line,
      slot: SLOT,
      text: say`no error case anywhere (401, 404, 409, 429 …)`,
    });
  }
  return remarks;
}

type Check = (operation: WrittenOperation) => string | undefined;

const CHECKS: readonly Check[] = [
  function verbInPath({ form, segments }) {
    const verb = segments.find((segment) => form === "http" && VERB_FIRST.test(segment));
    return verb === undefined
      ? undefined
      : say`a verb in the path: ${verb}; the method says it already`;
  },
  function getWithBody({ form, classes, input }) {
    const isRead = form === "http" && classes.includes("read");
    return isRead && /\bbody\b|\{[^}]*[:,]/.test(input) ? say`a GET with a body` : undefined;
  },
  function listWithoutPages({ classes, words, segments, all, text }) {
    const last = segments.at(-1) ?? "";
    const isMany =
      words.some((word) => /^(?:list|search|feed|timeline|newsfeed|history|all)$/.test(word)) ||
      (/[^s]s$/i.test(last) && !/[{:<]\w+[}>]?\s*$/.test(text.split(/\s/)[1] ?? ""));
    const isUnbounded = classes.includes("read") && isMany && !PAGED.test(all.text);
    return isUnbounded ? say`a list without a limit or a cursor` : undefined;
  },
  function callerNamed({ classes, form, input }) {
    const changes = classes.some((kind) => kind !== "read");
    const fields = input.split(",").filter((field) => /\w/.test(field));
    const named = fields.find((field) => CALLER.test(field));
    // `POST /follows {userID}` names whom to follow: alone, or not first in a call, it may be anybody.
    const isCaller =
      form === "call" ? named !== undefined && named === fields[0] : fields.length > 1;
    return changes && named !== undefined && isCaller
      ? say`the caller says who they are (${CALLER.exec(named)?.[0]}): take it from the session`
      : undefined;
  },
  function redirectWithoutStatus({ all, classes }) {
    const redirects = /\bredirect/i.test(all.text) && classes.includes("read");
    return redirects && !/\b30[12378]\b|\b3xx\b/i.test(all.text)
      ? say`a redirect without its status (301, 302, 307)`
      : undefined;
  },
  function booleanInsteadOfId({ classes, output }) {
    return classes.includes("create") && /\bbool/i.test(output)
      ? say`a creation that returns a boolean: the caller needs an id`
      : undefined;
  },
];

function namesErrors({ all }: WrittenOperation): boolean {
  return /\b4\d\d\b|\b4xx\b|\berror|\bfail|\bconflict|\bnot found/i.test(all.text);
}
