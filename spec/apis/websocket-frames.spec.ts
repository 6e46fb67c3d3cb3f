/** Judges `websocket-frames`. Rules are those of katas/apis/websocket-frames/README.md. */
import fc from "fast-check";
import { defineSpec, equal, notIntegersIn } from "kata/harness";
import { sha1 } from "kata/kit";
import type * as Stub from "../../katas/apis/websocket-frames/stub.ts";
import {
  badFrames,
  badKeys,
  base64,
  code,
  decode,
  faults,
  goodCodes,
  maybeText,
  published,
} from "./websocket-frames.inputs.ts";
import {
  Sent,
  bytesOf,
  chunkSizes,
  connections,
  controls,
  frameBytes,
  hex,
  judge,
  keys,
  largeMessages,
  middleMessages,
  smallMessages,
  utf8,
  type Frame,
} from "./websocket-frames.model.ts";

defineSpec<typeof Stub>("websocket-frames", ({ acceptKey, encodeFrame, MessageReader }, check) => {
  const encoded = ({ fin = true, opcode, payload, key }: Frame): Uint8Array => {
    const bytes = new Uint8Array(payload.length + 2).subarray(1, payload.length + 1);
    bytes.set(payload);
    const frame = { fin, opcode: opcode as Stub.Opcode, payload: bytes };
    return encodeFrame(key === undefined ? frame : { ...frame, maskKey: bytesOf(key) });
  };

  check.vector("rfc-examples", { rule: [1, 2], points: 5 }, published, ([frame, expected]) => {
    const start = hex(encoded(frame)).slice(0, expected.length);
    equal(start, expected, `encodeFrame of ${frame.payload.length} bytes, opcode ${frame.opcode}`);
    const key = acceptKey("dGhlIHNhbXBsZSBub25jZQ==", sha1);
    equal(key, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", 'acceptKey("dGhlIHNhbXBsZSBub25jZQ==", sha1)');
  });

  check.property(
    "accept-key",
    { rule: 1, points: 5 },
    fc.uint8Array({ minLength: 16, maxLength: 16 }).map(base64),
    (key) => {
      const digest = sha1(Uint8Array.from(utf8(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)));
      equal(acceptKey(key, sha1), base64(digest), `acceptKey("${key}", sha1)`);
    },
  );

  check.property(
    "encode-shape",
    { rule: 2, points: 10 },
    fc.record({
      fin: fc.boolean(),
      opcode: fc.constantFrom(1, 0, 2, 8, 9, 10),
      size: fc.oneof(fc.nat(10), fc.constantFrom(125, 126, 127, 200, 65_535, 65_536, 70_001)),
      key: fc.option(
        keys.map(([first]) => first),
        { nil: undefined },
      ),
    }),
    ({ fin, opcode, size, key }) => {
      const isControl = opcode >= 8;
      const payload = Array.from(
        { length: isControl ? size % 126 : size },
        (_, i) => (i * 31) & 255,
      );
      const given = Uint8Array.from(payload);
      const frame = { fin: fin || isControl, opcode: opcode as Stub.Opcode, payload: given };
      const maskKey = Uint8Array.from(key ?? []);
      const result = encodeFrame(key === undefined ? frame : { ...frame, maskKey });
      const what = `encodeFrame, ${payload.length} bytes`;
      equal(result, frameBytes({ fin: frame.fin, opcode, payload, key }), what);
      result.fill(0);
      equal(given, Uint8Array.from(payload), `payload after ${what}`);
      equal(maskKey, Uint8Array.from(key ?? []), `key after ${what}`);
    },
  );

  check.property(
    "round-trip-both-roles",
    { rule: [2, 3, 5, 7, 8, 10], points: 20 },
    fc.record({
      connection: connections,
      messages: fc.oneof(
        { arbitrary: fc.array(smallMessages, { maxLength: 4 }), weight: 9 },
        { arbitrary: fc.array(largeMessages, { minLength: 1, maxLength: 2 }), weight: 1 },
      ),
      closes: fc.option(
        fc.record({
          code: fc.constantFrom(1005, ...goodCodes),
          reason: fc.constantFrom("", "bye", "\ufeff€"),
        }),
      ),
      sizes: fc.constantFrom<number[]>([], [4_000, 9_000]),
    }),
    ({ connection, messages, closes, sizes }) => {
      const sent = new Sent(connection, encoded);
      for (const message of messages) sent.addMessage(message);
      if (closes !== null) {
        const [isEmpty, reason] = [closes.code === 1005, closes.code === 1005 ? "" : closes.reason];
        const payload = isEmpty ? [] : [...code(closes.code), ...utf8(reason)];
        sent.add({ opcode: 8, payload }, { type: "close", code: closes.code, reason });
        sent.add({ opcode: 9, payload: [1] });
      }
      judge(readerFor(connection.role, 70_000), sent, sizes);
    },
  );

  check.property(
    "chunking-invariance",
    { rule: [8, 9], points: 10 },
    fc.record({
      connection: connections,
      messages: fc.oneof(
        { arbitrary: fc.array(smallMessages, { maxLength: 4 }), weight: 4 },
        { arbitrary: fc.array(middleMessages, { maxLength: 2 }), weight: 1 },
      ),
      sizes: fc.oneof({ arbitrary: chunkSizes, weight: 4 }, fc.constantFrom([601, 402], [350, 3])),
    }),
    ({ connection, messages, sizes }) => {
      const sent = new Sent(connection);
      for (const message of messages) sent.addMessage(message);
      const [reader, twin] = [readerFor(connection.role, 1_500), readerFor(connection.role, 1_500)];
      const push = (chunk: Uint8Array): Stub.WsEvent[] => {
        twin.push(chunk);
        return reader.push(chunk);
      };
      judge({ push }, sent, sizes);
    },
  );

  check.property(
    "protocol-errors",
    { rule: [3, 4, 9], points: 20, runs: 300 },
    fc.record({
      connection: connections,
      before: fc.array(smallMessages, { maxLength: 2 }),
      isOpen: fc.boolean(),
      fault: fc.constantFrom(...Object.keys(faults)),
      pick: fc.nat(1_000),
      sizes: chunkSizes,
    }),
    ({ connection, before, isOpen, fault, pick, sizes }) => {
      const { open = isOpen, late = false, frame } = faults[fault]!;
      const sent = new Sent(connection);
      for (const message of before) sent.addMessage(message);
      if (open) sent.add({ opcode: 1, fin: false, payload: utf8("hi") });
      const { isMaskWrong = false, ...faulty } = frame(pick);
      const key = sent.key(!isMaskWrong);
      sent.addFaulty({ opcode: open ? 0 : 1, payload: utf8("abc"), ...faulty, key }, [1002], late);
      sent.add({ opcode: 9, payload: utf8("later") });
      judge(readerFor(connection.role, 10_000), sent, sizes);
    },
  );

  check.property(
    "utf8-gate",
    { rule: [5, 7, 8], points: 15, runs: 300 },
    fc.record({
      connection: connections,
      bytes: maybeText,
      cuts: fc.array(fc.nat(20), { maxLength: 3 }),
      controls: fc.array(fc.option(controls, { nil: undefined }), { maxLength: 3 }),
      where: fc.constantFrom("message", "close reason"),
      sizes: chunkSizes,
    }),
    ({ connection, bytes, cuts, controls, where, sizes }) => {
      const sent = new Sent(connection);
      const text = decode(bytes);
      const start = sent.length;
      if (where === "message") {
        sent.addMessage(
          { content: bytes, cuts, controls },
          text === undefined ? null : { type: "text", text },
        );
      } else {
        const event =
          text === undefined ? undefined : ({ type: "close", code: 1000, reason: text } as const);
        sent.add({ opcode: 8, payload: [...code(1000), ...bytes] }, event);
      }
      if (text === undefined) sent.fault = { codes: [1007], after: start, by: sent.length };
      else if (where === "message") sent.addControl({ type: "ping", data: [1] });
      judge(readerFor(connection.role, 1_000), sent, sizes);
    },
  );

  check.property(
    "size-limit",
    { rule: 6, points: 10, runs: 200 },
    fc.record({
      connection: connections,
      limit: fc.oneof({ arbitrary: fc.nat(8), weight: 9 }, fc.constantFrom(125, 126, 65_535)),
      shares: fc.array(fc.nat(8), { maxLength: 3 }),
      opcode: fc.constantFrom(1, 2),
      over: fc.constantFrom(
        0n,
        1n,
        126n,
        65_536n,
        2n ** 32n - 9n,
        2n ** 32n,
        2n ** 53n,
        2n ** 63n,
        2n ** 64n - 70_000n,
      ),
      /** With a close frame that is larger than what is left. */
      ends: fc.boolean(),
      sizes: chunkSizes,
    }),
    ({ connection, limit, shares, opcode, over, ends, sizes }) => {
      const sent = new Sent(connection);
      const full = "a".repeat(limit);
      sent.addMessage({
        content: full,
        cuts: [1, 2],
        controls: [{ type: "ping", data: [...utf8(full.slice(0, 125))] }],
      });
      let left = limit;
      for (const [i, share] of shares.entries()) {
        const size = Math.min(left, share);
        sent.add({ opcode: i > 0 ? 0 : opcode, fin: false, payload: utf8(full.slice(0, size)) });
        sent.addControl({ type: "pong", data: [1, 2, 3] });
        left -= size;
      }
      if (ends) {
        const reason = "x".repeat(9);
        const close = { type: "close", code: 1000, reason } as const;
        sent.add({ opcode: 8, payload: [...code(1000), ...utf8(reason)] }, close);
        return judge(readerFor(connection.role, limit), sent, sizes);
      }
      const declared = BigInt(left) + 1n + over;
      const codes = declared >= 2n ** 63n ? [1002, 1009] : [1009];
      sent.addFaulty({ opcode: shares.length > 0 ? 0 : opcode, payload: [], declared }, codes);
      sent.addBytes(utf8("a".repeat(12)));
      judge(readerFor(connection.role, limit), sent, sizes);
    },
  );

  check.throws("bad-input", { rule: [1, 2, 10], points: 5 }, [
    ...badKeys.map((key) => ({
      call: `acceptKey(${JSON.stringify(key)}, sha1)`,
      error: "RangeError",
      run: () => acceptKey(key, sha1),
    })),
    ...badFrames.map((frame) => ({
      call: `encodeFrame({ opcode: ${frame.opcode}, fin: ${frame.fin ?? true}, ${frame.payload.length} bytes, key of ${frame.key?.length ?? "no"} bytes })`,
      error: "RangeError",
      run: () => encoded(frame),
    })),
    ...notIntegersIn(0, Number.MAX_SAFE_INTEGER).map((maxMessageBytes) => ({
      call: `new MessageReader({ role: "server", maxMessageBytes: ${maxMessageBytes} })`,
      error: "RangeError",
      run: () => readerFor("server", maxMessageBytes),
    })),
  ]);

  function readerFor(
    role: Stub.ReaderOptions["role"],
    maxMessageBytes: number,
  ): Stub.MessageReader {
    return new MessageReader({ role, maxMessageBytes });
  }
});
