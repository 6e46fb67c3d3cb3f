import type { Json } from "../node.ts";

const LONGEST = 60;

/** A message as one would say it: `vote(term 2, granted true)`. */
export function label(data: Json | undefined, longest: number = LONGEST): string {
  if (data === undefined) return "";
  const text = said(data);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function said(data: Json): string {
  if (!isRecord(data)) return bare(data);
  const { type, ...rest } = data;
  if (typeof type !== "string") return bare(data);
  const members = Object.entries(rest).map(([key, value]) => `${key} ${bare(value)}`);
  return members.length === 0 ? type : `${type}(${members.join(", ")})`;
}

function bare(value: Json): string {
  if (typeof value === "string") return /^[\w.-]+$/.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(bare).join(", ")}]`;
  if (!isRecord(value)) return String(value);
  const members = Object.entries(value).map(([key, member]) => `${key} ${bare(member)}`);
  return `{${members.join(", ")}}`;
}

function isRecord(value: Json): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
