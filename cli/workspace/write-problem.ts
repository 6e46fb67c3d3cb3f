import { KataError } from "../../graders/reading.ts";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "you have no right to write there",
  EPERM: "you have no right to write there",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "your disk quota is used up",
  ENOTDIR: "a file stands where a folder is needed",
  EEXIST: "a file stands where a folder is needed",
  EISDIR: "a folder stands where a file is needed",
  ENOTEMPTY: "something else was put there meanwhile",
  ENOENT: "there is no such place",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "its links go round in a circle",
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
