import { expect, test } from "vitest";
import type { CreateNode } from "./node.ts";
import { wire } from "./wire.ts";

/** Votes once, durably; tells everyone every 10 ms; answers "who". */
const voter: CreateNode = (ctx) => ({
  onStart: () => void ctx.setTimer(10, "tell"),
  onTimer: (tag) => {
    for (const peer of ctx.peers) ctx.send(peer, { type: tag });
    ctx.setTimer(10, "tell");
  },
  onMessage: (from) => {
    const voted = ctx.storage.get<string>("voted");
    if (voted === undefined) {
      ctx.send(from, "yes");
      ctx.storage.set("voted", from);
      ctx.emit(from);
    } else ctx.send(from, "no");
  },
  onRequest: (ticket) => ctx.reply(ticket, ctx.storage.get("voted") ?? null),
});

const ask = { type: "ask" };

test("a node on the bench: messages, timers, answers, outputs", () => {
  const node = wire(voter, { nodes: 3 }).boot();
  expect(node.recv("n1", ask).recv("n2", ask).takeSent()).toEqual([
    { at: 0, to: "n1", msg: "yes" },
    { at: 0, to: "n2", msg: "no" },
  ]);
  expect(node.outputs).toEqual([{ at: 0, boot: 1, out: "n1" }]);
  expect(node.ask("who")).toBe("n1");
  expect(node.advance(25).sent.map(({ at, to }) => [at, to])).toEqual([
    [10, "n1"],
    [10, "n2"],
    [20, "n1"],
    [20, "n2"],
  ]);
});

test("a crash between a send and the write that should have come first", () => {
  const node = wire(voter, { nodes: 3 }).boot().crashOn("send").recv("n1", ask);
  expect(node.isUp).toBe(false);
  expect(node.recv("n2", ask).advance(100).takeSent()).toEqual([{ at: 0, to: "n1", msg: "yes" }]);
  expect(node.boot().recv("n2", ask).takeSent()).toEqual([{ at: 100, to: "n2", msg: "yes" }]);
  expect(node.crash().boot().ask("who")).toBe("n2");
});

test("peers that answer at once", () => {
  const heard: unknown[] = [];
  const createNode: CreateNode = (ctx) => ({
    onStart: () => ctx.send("n1", "hello"),
    onMessage: (from, msg) => void heard.push([from, msg]),
  });
  wire(createNode, {
    nodes: 2,
    peers: (msg, peer) => `${peer} heard ${JSON.stringify(msg)}`,
  }).boot();
  expect(heard).toEqual([["n1", 'n1 heard "hello"']]);
});

test("what a node must not do ends the test, named; talk without end too", () => {
  const createNode: CreateNode = (ctx) => ({
    onMessage: (from, msg) => (msg === "bad" ? ctx.send("n9", 1) : ctx.send(from, "again")),
  });
  const node = wire(createNode, { nodes: 2, peers: () => "and again" }).boot();
  expect(() => node.recv("n1", "bad")).toThrow(
    'n0.onMessage("n1", "bad") threw RangeError: ctx.send: there is no node "n9"',
  );
  const other = wire(createNode, { nodes: 2, peers: () => "and again" }).boot();
  expect(() => other.recv("n1", "go")).toThrow("n0 and its peers talk without end");
  const spinner: CreateNode = (ctx) => ({
    onStart: () => void ctx.setTimer(0, "t"),
    onTimer: () => void ctx.setTimer(0, "t"),
  });
  expect(() => wire(spinner, { nodes: 1 }).boot().advance(1)).toThrow("10000 timers of n0 in 1 ms");
});
