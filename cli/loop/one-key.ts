import { emitKeypressEvents } from "node:readline";

/** Waits for one key and names it, as `return`; stdin must be a terminal. */
export function oneKey(): Promise<string | undefined> {
  const { stdin } = process;
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  return new Promise((resolve) => {
    stdin.once("keypress", (_text, key: { name?: string } | undefined) => {
      stdin.setRawMode(false);
      stdin.pause();
      resolve(key?.name);
    });
  });
}
