/** Addresses for `ip-hash`: numbers, their spellings, a fixed corpus, and texts that are none. */
import fc from "fast-check";

/** Eight groups of 16 bits; IPv4 is mapped into IPv6. */
export type Address = readonly number[];

const mapped = (high: number, low: number): Address => [0, 0, 0, 0, 0, 0xffff, high, low];
const group = fc.oneof(
  { arbitrary: fc.constant(0), weight: 3 },
  fc.constantFrom(1, 0xa, 0xff, 0x100, 0xffff),
  fc.integer({ min: 0, max: 0xffff }),
);
const addresses: fc.Arbitrary<Address> = fc.oneof(
  fc.tuple(group, group).map(([high, low]) => mapped(high, low)),
  fc.array(group, { minLength: 8, maxLength: 8 }),
);

/** How an address is written. */
const styles = fc.record({
  asIpv4: fc.boolean(),
  dottedEnd: fc.boolean(),
  upperCase: fc.boolean(),
  /** Digits of each group, at least. */
  digits: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 8, maxLength: 8 }),
  /** Which zeros `::` stands for: it begins here, or not at all, and is so long at most. */
  gapAt: fc.integer({ min: 0, max: 8 }),
  gapLength: fc.integer({ min: 1, max: 8 }),
});
type Style = typeof styles extends fc.Arbitrary<infer T> ? T : never;

/** Two spellings of one address. */
export const spellings: fc.Arbitrary<{ one: string; other: string }> = fc
  .tuple(addresses, styles, styles)
  .map(([address, one, other]) => ({ one: spell(address, one), other: spell(address, other) }));

function spell(address: Address, style: Style): string {
  const [high, low] = [address[6]!, address[7]!];
  const dotted = [high >> 8, high & 255, low >> 8, low & 255].join(".");
  const isMapped = address.slice(0, 5).every((each) => each === 0) && address[5] === 0xffff;
  if (isMapped && style.asIpv4) return dotted;
  const parts = address.map((each, i) => {
    const digits = each.toString(16).padStart(style.digits[i]!, "0");
    return style.upperCase ? digits.toUpperCase() : digits;
  });
  const count = style.dottedEnd ? 6 : 8;
  if (style.dottedEnd) parts.splice(6, 2, dotted);
  let end = style.gapAt;
  while (end < count && address[end] === 0 && end < style.gapAt + style.gapLength) end += 1;
  if (end <= style.gapAt) return parts.join(":");
  return `${parts.slice(0, style.gapAt).join(":")}::${parts.slice(end).join(":")}`;
}

/** Addresses in one spelling each. */
export const clients: fc.Arbitrary<string[]> = fc.array(
  addresses.map((address) => {
    const digits = address.map(() => 1);
    const style = { asIpv4: true, dottedEnd: false, upperCase: false, gapAt: 8, gapLength: 1 };
    return spell(address, { ...style, digits });
  }),
  { minLength: 1, maxLength: 60, size: "max" },
);

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
/** 20,000 distinct addresses as networks give them out: runs, steps, and what a site shares. */
export const CORPUS: readonly string[] = [
  ...range(40).flatMap((net) => range(200).map((host) => `203.0.${net}.${host + 1}`)),
  ...range(6_000).map((i) => {
    const octet = (shift: number): number => (8 * ((i * 7 + 3) >> shift)) & 248;
    return `${8 + 8 * (i % 11)}.${octet(10)}.${octet(5)}.${octet(0)}`;
  }),
  ...range(3_000).map((i) => `2001:db8:0:1::${(i + 1).toString(16)}`),
  ...range(1_500).map((i) => `2001:db8:${(i + 1).toString(16)}::ffff:a00:1`),
  ...range(1_500).map((i) => `::${(i + 1).toString(16)}:a00:1`),
];

/** What is not an address (rule 3). */
export const MALFORMED: readonly string[] = [
  ..."| |1|localhost|1.2.3|1.2.3.4.5|1.2.3.|.1.2.3|1..2.3|01.2.3.4|1.2.3.04|1.2.3.00".split("|"),
  ..."256.0.0.0|1.2.3.256|1.2.3.999|1.2.3.-4|1.2.3.+4|1.2.3.4 | 1.2.3.4|1.2.3.4\n".split("|"),
  ..."1.2.3.0x4|1.2.3.1e1|1.2.3.a|1.2.3.\uff14|1.2.3.4/32|1.2.3.4:80|1,2,3,4|1.2.3.4.".split("|"),
  ..."1:2:3:4:5:6:7|1:2:3:4:5:6:7:8:9|1:2:3:4:5:6:7:|:2:3:4:5:6:7:8|:1::2|1::2:".split("|"),
  ...":|:::|1:::2|1::2::3|::1::|1:2:3:4:5:6:7:8::|::1:2:3:4:5:6:7:8|1:2:3:4::5:6:7:8".split("|"),
  ..."12345::|1:2:3:4:5:6:12345|1:2:3:4:5:6:7:00008|g::|::0x1|::-1|::+1|:: 1|::1 ".split("|"),
  ..."fe80::1%eth0|::1%1|[::1]|::1/128|::1.2.3|::1.2.3.4.5|::256.0.0.1|::01.2.3.4".split("|"),
  ..."::1.2.3.4:5|1.2.3.4::|::1.2.3.4::|1:2:3:4:5:6:7:1.2.3.4|1:2:3:4:5:1.2.3.4|::.1.2.3".split(
    "|",
  ),
  // What stands before and behind the digits in the code table.
  ..."1.2.3./|1.2.3.1/|1.2.3.;|::1.2.3.;|::/|::;|::@|::G|::`|::1/|::1@|::1`|::1G".split("|"),
];
