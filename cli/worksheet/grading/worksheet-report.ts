import type { Overrides } from "../definition/assumption-values.ts";
import type { DiagramProblem } from "../diagram/diagram.ts";
import type { DiagramVerdict } from "../diagram/judge-diagram.ts";
import type { WorksheetProblem } from "../document/parse-worksheet.ts";
import type { SlotId } from "../document/slots.ts";
import type { Hit } from "../prose/claim.ts";
import type { ApiVerdict } from "./api/judge-api.ts";
import type { DataModelVerdict } from "./data-model/judge-data-model.ts";
import type { EstimateGrade } from "./estimates/grade-estimates.ts";
import type { Remark } from "./remark.ts";

/** Points earned out of those there are. */
export interface Score {
  readonly points: number;
  readonly of: number;
}

/** What a person who overruled a hint decided. */
export interface Ruling {
  readonly id: string;
  readonly ruling: "accept" | "reject";
  readonly by: string;
  readonly at: string;
}

/** A coverage hint, and who overruled it. */
export interface RuledHit extends Hit {
  readonly ruling?: Ruling;
}

/** A graded worksheet: `--json`, and what the text report is made of. */
export interface WorksheetReport {
  readonly schemaVersion: 1;
  readonly system: string;
  readonly title: string;
  /** Of the definition it was graded by. */
  readonly definitionVersion: number;
  readonly overrides: Overrides;
  /** Compare reports only where it is the same: definition, version and overrides. */
  readonly variantHash: string;
  readonly parsed: {
    readonly rows: { readonly filled: number; readonly asked: number };
    readonly slots: { readonly filled: number; readonly asked: number };
  };
  readonly computed: Score;
  readonly estimates: Score & { readonly rows: readonly EstimateGrade[] };
  readonly diagram: Score & {
    readonly line: number | null;
    readonly isDrawn: boolean;
    readonly verdict: DiagramVerdict;
    readonly unreadable: readonly DiagramProblem[];
  };
  readonly matched: Score;
  readonly api: Score & ApiVerdict;
  readonly dataModel: Score & DataModelVerdict;
  /** Null with `--no-hints`. */
  readonly hints:
    | (Score & {
        readonly requirements: Score & { readonly hits: readonly RuledHit[] };
        readonly reasoning: Score & { readonly hits: readonly RuledHit[] };
        /** Items that nothing was expected for. */
        readonly unrecognised: readonly {
          readonly slot: SlotId;
          readonly line: number;
          readonly text: string;
        }[];
      })
    | null;
  readonly notJudged: readonly string[];
  readonly problems: readonly WorksheetProblem[];
  readonly remarks: readonly Remark[];
  readonly nextKatas: readonly string[];
  /** Percent of the computed and matched points that make a pass. */
  readonly threshold: number;
  readonly reached: boolean;
}
