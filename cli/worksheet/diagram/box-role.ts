import type { Role } from "../definition/system.ts";
import type { Box } from "./diagram.ts";

/** What a box does in a design; `unknown` is never held against anybody. */
export type BoxRole = Role | "unknown";

/** Most specific first: "API gateway" is a gateway, "Redis cache server" a cache. */
const WORDS: readonly (readonly [BoxRole, RegExp])[] = [
  ["kgs", /\bkgs\b|\b(?:key|id|token) ?(?:gen|alloc|range|service|server)|snowflake/],
  [
    "objectStore",
    /\b(?:object|blob|media|file|cloud) ?stor|\bs3\b|\bblobs?\b|\bgcs\b|minio|bucket/,
  ],
  ["cdn", /\bcdn\b|open connect|edge (?:cache|server|node|location)|cloudfront|akamai|fastly/],
  ["dns", /\bdns\b|route ?53/],
  ["lb", /load ?balanc|\b[aen]?lb ?\d*\b|\bl[47] ?lb\b|haproxy|\bnginx\b|reverse proxy/],
  ["gateway", /gateway|\bgw ?\d*\b|\bingress\b/],
  [
    "queue",
    /queue|kafka|rabbit|\bs[qn]s\b|broker|pub ?sub|event (?:bus|stream|log)|message bus|kinesis|pulsar|\bnats\b|\bmq\b/,
  ],
  ["cache", /cach|redis|memcache|valkey|session (?:registry|store)/],
  ["search", /search|elastic|lucene|\bsolr\b|inverted index/],
  [
    "worker",
    /worker|consumer|\bjobs?\b|\bcron\b|sweep|clean ?up|transcod|spark|flink|fan ?out|indexer|encoder|chunker/,
  ],
  [
    "db",
    /\bdbs?\d*\b|[a-z]db\b|database|postgres|sql\b|cassandra|dynamo|mongo|hbase|\bstores?\b|storage|spanner|warehouse|\b(?:primary|replicas?)$/,
  ],
  [
    "external",
    /\bfcm\b|\bapns\b|stripe|paypal|provider|third party|external|twilio|\bpsp\b|\bbank\b/,
  ],
  ["service", /service|\bapis?\b|server|backend|\bsvc\b|lambda|engine|handler|\bmonolith\b/],
  [
    "client",
    /client|\busers?\b|browser|mobile|\bapps?\b|viewer|rider|driver|sender|receiver|customer|visitor|phone|device|front ?end|web ?site/,
  ],
];

/** What is called a service, and is one first, whatever it works on: "Search service". */
const SERVES: ReadonlySet<BoxRole> = new Set(["search", "worker", "db", "external"]);
const IS_SERVICE = /\b(?:service|svc|api)\b/;

/** The role, and others that the box may also fill: the first is what it is. */
export function rolesOf(box: Box): readonly [BoxRole, ...BoxRole[]] {
  const stated = box.classes.map(statedRole).find((role) => role !== undefined);
  if (stated !== undefined) return [stated];
  const words = plainWords(box.label);
  const role = WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? "unknown";
  return SERVES.has(role) && IS_SERVICE.test(words) ? ["service", role] : [role];
}

function statedRole(name: string): BoxRole | undefined {
  return WORDS.find(([role]) => role.toLowerCase() === name.toLowerCase())?.[0];
}

const COPIES =
  /\bx ?(?:[2-9]|\d{2,})\b|\b(?:[2-9]|\d{2,}) ?x\b|\b(?:cluster|replicas?|replicated|pool|pair|standby|instances|fail ?over|redundant|ha|auto ?scal\w*|multi (?:az|region|zone)|active (?:active|passive))\b/;
const DENIED =
  /\b(?:no|not|non|without|un|single|one) (?:\w+ )?(?:cluster\w*|replica\w*|pool\w*|pair|standby|instances?|fail ?over|redundan\w*)/g;
const REDUNDANT_CLASSES: ReadonlySet<string> = new Set(["redundant", "replicated", "cluster"]);

/** Whether the box stands for several. "sharded" is not enough: a lost shard takes its keys along. */
export function isSeveral(box: Box): boolean {
  if (box.shape === "[[" || box.classes.some((name) => REDUNDANT_CLASSES.has(name))) return true;
  return COPIES.test(plainWords(box.label).replace(DENIED, ""));
}

/** Whether a database only answers reads: losing the primary stops all writes. */
export function isReadCopy(box: Box): boolean {
  const words = plainWords(box.label);
  return /\breplica\b|\bfollower\b|\bsecondary\b|\bread only\b/.test(words) && !canTakeOver(box);
}

export function canTakeOver(box: Box): boolean {
  return /standby|fail ?over|promot|multi (?:primary|master|leader)/.test(plainWords(box.label));
}

export function isManaged(box: Box): boolean {
  return box.classes.includes("managed") || /\bmanaged\b/.test(plainWords(box.label));
}

/** Lower case, with camelCase, hyphens and signs as spaces. */
function plainWords(label: string): string {
  return label
    .replace(/([a-z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .replace(/×/g, "x")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
