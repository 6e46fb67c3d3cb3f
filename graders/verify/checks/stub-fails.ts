import { say } from "../../model/say.ts";
import type { EvidenceCheck } from "../evidence.ts";

/** The stub fails every property that has points. */
export const stubFails: EvidenceCheck = {
  id: "stub-fails",
  find({ kata: { stub }, declared, first }) {
    const records = first.get(stub.name)?.records ?? [];
    const held = new Set(records.filter(({ outcome }) => outcome === "held").map(({ id }) => id));
    return declared
      .filter(({ id, points }) => points > 0 && held.has(id))
      .map(({ id }) => ({
        check: "stub-fails",
        file: stub.file,
        line: 1,
        message: say`the stub passes ${id}`,
        fix: say`Make the property touch the subject before it can hold.`,
        about: id,
      }));
  },
};
