declare module "marked-terminal" {
  import type { MarkedExtension } from "marked";

  /** The part of the options that markdown.ts sets; the package ships no types. */
  export interface TerminalOptions {
    readonly strong?: (text: string) => string;
    readonly em?: (text: string) => string;
    readonly del?: (text: string) => string;
    readonly blockquote?: (text: string) => string;
    readonly emoji?: boolean;
    readonly tab?: number;
  }
  export function markedTerminal(options: TerminalOptions): MarkedExtension;
}
