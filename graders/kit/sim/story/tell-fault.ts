import { FOR_EVER, UNTIL_HEALED, type ClientWay, type Fault } from "../scenario.ts";

/** A fault in words. */
export function tellFault(fault: Fault): string {
  switch (fault.kind) {
    case "drop":
      return `${ordinal(fault.nth)} message n${fault.from} -> n${fault.to} lost`;
    case "dup":
      return `${ordinal(fault.nth)} message n${fault.from} -> n${fault.to} doubled`;
    case "delay":
      return `${ordinal(fault.nth)} message n${fault.from} -> n${fault.to} ${fault.by} ms late`;
    case "clientDrop":
      return `${clientsMail(fault)} lost`;
    case "clientDelay":
      return `${clientsMail(fault)} ${fault.by} ms late`;
    case "cut": {
      const arrow = fault.oneWay === true ? "->" : "<->";
      const span = `${fault.at} to ${fault.at + fault.for} ms`;
      return `${members(fault.a)} ${arrow} ${members(fault.b)} cut from ${span}`;
    }
    case "hold": {
      const span = `${fault.at} to ${fault.at + fault.for} ms`;
      return `n${fault.from} -> n${fault.to} held back from ${span}`;
    }
    case "crash":
      return `n${fault.node} crashes at ${fault.at} ms${down(fault.for)}`;
    case "crashOn": {
      const what = fault.effect === "recv" ? "as it receives" : "right after";
      const noun = { send: "send", commit: "write", reply: "reply", recv: "message" }[fault.effect];
      return `n${fault.node} crashes ${what} its ${ordinal(fault.nth)} ${noun}${down(fault.for)}`;
    }
    case "pause":
      return `n${fault.node} pauses from ${fault.at} to ${fault.at + fault.for} ms`;
    case "skew":
      return `clock of n${fault.node} jumps by ${fault.by} ms at ${fault.at} ms`;
    case "drift":
      return `clock of n${fault.node} runs ${fault.ppm} millionths fast`;
  }
}

function clientsMail(fault: { client: number; way: ClientWay; nth: number }): string {
  const way = fault.way === "request" ? "of" : "to";
  return `${ordinal(fault.nth)} ${fault.way} ${way} c${fault.client}`;
}

function down(forMs: number): string {
  if (forMs === FOR_EVER) return ", for good";
  return forMs === UNTIL_HEALED ? ", back when all heals" : `, back ${forMs} ms later`;
}

function members(mask: number): string {
  const nodes: string[] = [];
  for (let node = 0; mask >> node > 0; node += 1) if ((mask >> node) & 1) nodes.push(`n${node}`);
  return nodes.length === 0 ? "nobody" : nodes.join("+");
}

/** Counting from 0: 0 is the 1st. */
function ordinal(nth: number): string {
  const place = nth + 1;
  const isTeen = place % 100 >= 11 && place % 100 <= 13;
  const ending = isTeen ? "th" : (["th", "st", "nd", "rd"][place % 10] ?? "th");
  return `${place}${ending}`;
}
