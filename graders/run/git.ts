import { execFileSync } from "node:child_process";

/** What git says, or undefined when there is no git, no repository or no such thing in it. */
function git(cwd: string, args: readonly string[]): string | undefined {
  try {
    const options = { cwd, encoding: "utf8", stdio: "pipe", maxBuffer: 64 * 1024 * 1024 } as const;
    return execFileSync("git", args, options);
  } catch {
    return undefined;
  }
}

/** Where the work in `cwd` branched off: from origin/main where there is one, or the last commit. */
export function baseCommit(cwd: string, base?: string): string | undefined {
  const wanted = base === undefined ? ["origin/main", "HEAD"] : [base];
  for (const ref of wanted) {
    const commit = git(cwd, ["merge-base", ref, "HEAD"])?.trim();
    if (commit !== undefined) return commit;
  }
  return undefined;
}

/** The text of a file as it was at a commit. */
export function fileAt(cwd: string, commit: string, file: string): string | undefined {
  return git(cwd, ["show", `${commit}:./${file}`]);
}

/** Files changed since a commit, new ones included, relative to `cwd`. Undefined outside a repository. */
export function changedFiles(cwd: string, commit: string): string[] | undefined {
  const changed = git(cwd, ["diff", "--name-only", "--relative", commit]);
  const untracked = git(cwd, ["ls-files", "--others", "--exclude-standard"]);
  if (changed === undefined || untracked === undefined) return undefined;
  return [...new Set([...changed.split("\n"), ...untracked.split("\n")])].filter((it) => it !== "");
}
