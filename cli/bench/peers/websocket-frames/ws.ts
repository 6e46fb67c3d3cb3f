import { Receiver, Sender } from "ws";
import type * as Stub from "../../../../katas/apis/websocket-frames/stub.ts";
import type { Contest } from "../contest.ts";

export const note = "unmasks in place: both sides are given copies of the chunks";

const maskKey = Uint8Array.of(0x12, 0xf3, 0x4a, 0x9b);
const encoder = new TextEncoder();
const maxBytes = 2 ** 24;

function masked(text: Uint8Array, opcode: number): Buffer {
  const [head, data] = Sender.frame(Buffer.from(text), {
    fin: true,
    rsv1: false,
    opcode,
    mask: true,
    readOnly: false,
    maskBuffer: Buffer.from(maskKey),
    generateMask: (buffer: Buffer) => buffer.set(maskKey),
  });
  return Buffer.concat([head, data]);
}

function cut(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    Buffer.from(bytes.subarray(i * size, (i + 1) * size)),
  );
}

const chat = Buffer.concat(
  Array.from({ length: 500 }, (_, i) => masked(encoder.encode("abcdefgh".repeat(5 + (i % 20))), 1)),
);
const large = masked(
  Uint8Array.from({ length: 131_072 }, (_, i) => i & 255),
  2,
);

function reading(id: string, what: string, chunks: readonly Buffer[]): Contest<typeof Stub> {
  return {
    id,
    what,
    reference: ({ MessageReader }) => {
      const reader = new MessageReader({ role: "server", maxMessageBytes: maxBytes });
      return () => {
        let messages = 0;
        for (const chunk of chunks) messages += reader.push(Buffer.from(chunk)).length;
        return messages;
      };
    },
    peer: () => {
      let messages = 0;
      const options = { isServer: true, allowSynchronousEvents: true, maxPayload: maxBytes };
      const receiver = new Receiver(options);
      receiver.on("message", (data: Buffer, isBinary: boolean) => {
        messages += 1;
        if (!isBinary) data.toString();
      });
      return () => {
        for (const chunk of chunks) receiver._write(Buffer.from(chunk), "buffer", () => {});
        return messages;
      };
    },
  };
}

export const contests = [
  reading("chat-mix", "500 masked text messages, in chunks of 16 KiB", cut(chat, 16_384)),
  reading("large-binary", "one masked message of 128 KiB, in chunks of 4 KiB", cut(large, 4_096)),
];
