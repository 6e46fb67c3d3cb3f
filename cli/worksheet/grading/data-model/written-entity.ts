/** A column as written. */
export interface WrittenColumn {
  readonly name: string;
  /** As written, "" where there is none. */
  readonly type: string;
  readonly isPrimary: boolean;
  /** Whether rows can be found by it: any key, index or partition. */
  readonly isKey: boolean;
}

/** A table, collection or record as written. */
export interface WrittenEntity {
  readonly name: string;
  readonly line: number;
  readonly columns: readonly WrittenColumn[];
}
