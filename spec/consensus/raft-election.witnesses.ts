import type { Scenario } from "kata/harness";
import type * as Stub from "../../katas/consensus/raft-election/stub.ts";
export const TWO_LEADERS: Scenario<never, null>[] = [];
export const NO_LEADER: Scenario<Stub.Request, never>[] = [];
