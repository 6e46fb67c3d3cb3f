import { createInterface } from "node:readline";

/** Lines as they come, with a limit on how long to wait for one. */
export interface LineSource {
  /** The next line, undefined after `ms` without one, null when there are no more. */
  next(ms: number): Promise<string | undefined | null>;
  close(): void;
}

/** Reads lines from a terminal or a pipe; Ctrl-C and Ctrl-D end it. */
export function readLines(
  input: NodeJS.ReadableStream,
  output?: NodeJS.WritableStream,
): LineSource {
  const reader = createInterface({
    input,
    ...(output === undefined ? {} : { output, terminal: true, prompt: "" }),
  });
  const lines: string[] = [];
  let isClosed = false;
  let wake: (() => void) | undefined;
  reader.on("line", (line) => {
    lines.push(line);
    wake?.();
  });
  reader.on("SIGINT", () => reader.close());
  reader.on("close", () => {
    isClosed = true;
    wake?.();
  });
  return {
    async next(ms) {
      if (lines.length === 0 && !isClosed) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = undefined;
      }
      return lines.shift() ?? (isClosed ? null : undefined);
    },
    close: () => reader.close(),
  };
}
