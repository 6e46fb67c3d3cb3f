/** TODO: what it is, in one sentence. */
export class Rendezvous {
  /**
   * Counts one more of a key and returns how many there are now.
   * @throws RangeError when the key is empty.
   */
  add(key: string): number {
    throw new Error("unimplemented: Rendezvous.add");
  }

  /** How often a key was added; 0 when it never was. */
  count(key: string): number {
    throw new Error("unimplemented: Rendezvous.count");
  }
}
