/** The only file that knows how a terminal is told to change its looks. */
export interface Style {
  /** Whether anything is styled: where not, a sign must say what a colour would. */
  readonly color: boolean;
  bold(text: string): string;
  dim(text: string): string;
  italic(text: string): string;
  underline(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

export function createStyle(color: boolean): Style {
  const sgr = (on: number, off: number) => (text: string) =>
    color && text !== "" ? `\u001B[${on}m${text}\u001B[${off}m` : text;
  return {
    color,
    bold: sgr(1, 22),
    dim: sgr(2, 22),
    italic: sgr(3, 23),
    underline: sgr(4, 24),
    red: sgr(31, 39),
    green: sgr(32, 39),
    yellow: sgr(33, 39),
    cyan: sgr(36, 39),
  };
}

// oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
const SGR = /\u001B\[[\d;]*m/g;
// oxlint-disable-next-line no-control-regex -- all but tab and newline can steer a terminal
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/** Columns that a text takes, once its styles are left out. */
export function textWidth(text: string): number {
  return Array.from(text.replace(SGR, "")).length;
}

/** Text from outside (an argument, a file) that cannot steer the terminal. */
export function withoutControls(text: string): string {
  return text.replace(CONTROLS, "");
}
