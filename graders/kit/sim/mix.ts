/**
 * An integer in [0, 2^32) that depends on all four, and on nothing else. Chance in a simulation is
 * keyed by what it decides (which message of which link), not drawn from a stream: removing one
 * fault leaves the fate of all other messages as it was. Not cryptographic.
 * Source: the finaliser of MurmurHash3 (Appleby, 2011), chained.
 */
export function mix(seed: number, purpose: number, a: number, b = 0): number {
  let hash = finalise((seed ^ Math.imul(purpose + 1, 0x9e3779b1)) | 0);
  hash = finalise((hash ^ Math.imul(a + 1, 0x85ebca77)) | 0);
  hash = finalise((hash ^ Math.imul(b + 1, 0xc2b2ae3d)) | 0);
  return hash >>> 0;
}

function finalise(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
