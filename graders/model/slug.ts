/** What names a kata, a chapter and a pack. */
export const SLUG_PATTERN = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const LONGEST_SLUG = 40;

export function isSlug(word: string): boolean {
  return word.length <= LONGEST_SLUG && SLUG_PATTERN.test(word);
}

/** `acme` of `acme/rate-gate`; undefined for a kata of the own collection. */
export function namespaceOf(slug: string): string | undefined {
  const end = slug.indexOf("/");
  return end === -1 ? undefined : slug.slice(0, end);
}

/** `rate-gate` of `acme/rate-gate`: the name of its folders and files. */
export function nameOf(slug: string): string {
  return slug.slice(slug.indexOf("/") + 1);
}

/** The slug of a kata by its own name: a pack's begins with the pack's namespace. */
export function slugIn(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
