import type { MARKS } from "../../report/marks.ts";

/** One thing said in a report: a mark, then text that is wrapped below itself. */
export interface ReportLine {
  readonly mark: keyof typeof MARKS;
  readonly text: string;
  /** What it means, or what to do about it. */
  readonly more?: string | undefined;
}
