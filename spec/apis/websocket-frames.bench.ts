/** Budgets of `websocket-frames`: chat, a long message in small chunks, and one that is not finished. */
import { defineBench } from "kata/harness";
import { SeededRandom } from "kata/kit";
import type * as Stub from "../../katas/apis/websocket-frames/stub.ts";

type Subject = typeof Stub;
const random = new SeededRandom(1);
const key = [0x12, 0xf3, 0x4a, 0x9b];
/** A final frame, masked. */
function frame(opcode: number, payload: readonly number[]): number[] {
  const size = payload.length;
  const wide = [0, 0, 0, 0, size >>> 24, size >>> 16, size >>> 8, size].map((word) => word & 255);
  const length = size < 126 ? [size] : size < 65_536 ? [126, ...wide.slice(6)] : [127, ...wide];
  const masked = payload.map((byte, i) => byte ^ key[i & 3]!);
  return [128 + opcode, 128 + length[0]!, ...length.slice(1), ...key].concat(masked);
}
const cut = (bytes: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.slice(i * size, (i + 1) * size),
  );
const letters = (size: number): number[] =>
  Array.from({ length: size }, () => 97 + random.below(26));

const chat = Array.from({ length: 500 }, () => letters(40 + random.below(161)));
const chatBytes = chat.flatMap((payload) => frame(1, payload));
const chatChunks = cut(Uint8Array.from(chatBytes), 16_384);
/** One binary message of so many bytes, in chunks of 4 KiB. */
const large = new Map(
  [16_384, 131_072, 1_048_576].map((size) => {
    const payload = Array.from({ length: size }, (_, i) => i & 255);
    return [size, cut(Uint8Array.from(frame(2, payload)), 4_096)];
  }),
);
const maxMessageBytes = 2 ** 24;

function readLarge({ MessageReader }: Subject, size: number): () => void {
  const reader = new MessageReader({ role: "server", maxMessageBytes });
  const chunks = large.get(size)!;
  return () => {
    for (const chunk of chunks) reader.push(chunk);
  };
}

export const bench = defineBench<Subject>("websocket-frames", {
  workloads: [
    {
      id: "chat-mix",
      rule: 11,
      what: "500 masked text messages of 40 to 200 bytes, in chunks of 16 KiB",
      maxRatio: 4,
      setup: ({ MessageReader }) => {
        const reader = new MessageReader({ role: "server", maxMessageBytes });
        return () => {
          for (const chunk of chatChunks) reader.push(chunk);
        };
      },
    },
    {
      id: "large-binary",
      rule: 11,
      what: "one masked message of 128 KiB, in chunks of 4 KiB",
      maxRatio: 6,
      setup: (subject) => readLarge(subject, 131_072),
    },
  ],
  growth: [
    {
      id: "large-grows",
      rule: 11,
      what: "one masked message in chunks of 4 KiB, by its size",
      sizes: [16_384, 131_072, 1_048_576],
      maxExcess: 0.3,
      setup: readLarge,
    },
  ],
  memory: [
    {
      id: "memory",
      rule: 11,
      what: "a byte of an unfinished message of 1 MiB, in chunks of 4 KiB",
      elements: 1_048_576 - 4_096,
      maxBytes: 3,
      fill: ({ MessageReader }) => {
        const reader = new MessageReader({ role: "server", maxMessageBytes });
        for (const chunk of large.get(1_048_576)!.slice(0, 256)) reader.push(chunk);
        return reader;
      },
    },
  ],
});
