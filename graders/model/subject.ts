/** What a spec judges. One spec judges all five kinds. */
export type SubjectKind = "attempt" | "reference" | "stub" | "wrong" | "alternative";

export interface Subject {
  readonly kind: SubjectKind;
  /** Unique among the subjects of one kata: `attempt`, `reference`, `stub`, `wrong/one-hash`, `alt/blocked`. */
  readonly name: string;
  /** Absolute path of the TypeScript module. */
  readonly file: string;
}
