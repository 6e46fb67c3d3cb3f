import { KataError, say } from "../../graders/reading.ts";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: say`you have no right to write there`,
  EPERM: say`you have no right to write there`,
  EROFS: say`the disk is read-only`,
  ENOSPC: say`the disk is full`,
  EDQUOT: say`your disk quota is used up`,
  ENOTDIR: say`a file stands where a folder is needed`,
  EEXIST: say`a file stands where a folder is needed`,
  EISDIR: say`a folder stands where a file is needed`,
  ENOTEMPTY: say`something else was put there meanwhile`,
  ENOENT: say`there is no such place`,
  ENAMETOOLONG: say`the name is too long`,
  ELOOP: say`its links go round in a circle`,
};

/** Why the disk refused, in words. */
export function writeProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code === undefined ? undefined : REASONS[code]) ?? message;
}

/** What to throw when the disk refused a file; any other error comes back as it is. */
export function cannotWrite(file: string, error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code === undefined || error instanceof KataError)
    return error;
  return new KataError("cannot-write", { file, why: writeProblem(error) }, error);
}
