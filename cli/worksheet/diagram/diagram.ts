/** A box as drawn. */
export interface Box {
  readonly id: string;
  /** What the reader sees: the text in the shape, or the id where there is none. */
  readonly label: string;
  /** The opening bracket of the shape: `[`, `[[`, `[(`, `([` …; empty for a bare id. */
  readonly shape: string;
  readonly classes: readonly string[];
  /** 1-based line of the first mention. */
  readonly line: number;
}

/** An arrow as drawn; a line without heads, or with two, goes both ways. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Dotted. */
  readonly async: boolean;
  readonly both: boolean;
  readonly line: number;
}

/** Something that could not be read, with its 1-based line. */
export interface DiagramProblem {
  readonly line: number;
  readonly text: string;
}

export interface Diagram {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly problems: readonly DiagramProblem[];
}
