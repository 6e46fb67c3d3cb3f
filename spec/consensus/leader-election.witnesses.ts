import type { Scenario } from "kata/harness";
import type * as Stub from "../../katas/consensus/leader-election/stub.ts";
export const FAIL_OVERS: Scenario<Stub.Request, any>[] = [];
export const TAKE_OVERS: Scenario<Stub.Request, any>[] = [];
