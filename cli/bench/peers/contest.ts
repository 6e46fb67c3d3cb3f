/** The same job done by the reference and by a package whose interface is another. */
export interface Contest<Subject> {
  readonly id: string;
  readonly what: string;
  /** What to call again and again; it may answer by a promise. */
  readonly reference: (subject: Subject) => () => unknown;
  readonly peer: () => () => unknown;
}
