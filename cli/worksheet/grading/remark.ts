/** Something said about a place of a worksheet that costs no points by itself. */
export interface Remark {
  /** 1-based line of the file. */
  readonly line: number;
  /** Row or slot. */
  readonly slot: string;
  readonly text: string;
}
