import { say } from "../../../graders/reading.ts";
import { FormulaError } from "./formula-error.ts";

export const FUNCTIONS = ["min", "max", "ceil", "floor", "round", "sqrt", "log10", "ln"] as const;
export type FunctionName = (typeof FUNCTIONS)[number];
export type Operator = "+" | "-" | "*" | "/" | "^";

export type FormulaNode =
  | { readonly type: "number"; readonly value: number; readonly text: string }
  | { readonly type: "name"; readonly name: string }
  | { readonly type: "call"; readonly name: FunctionName; readonly args: readonly FormulaNode[] }
  | {
      readonly type: "binary";
      readonly operator: Operator;
      readonly left: FormulaNode;
      readonly right: FormulaNode;
    };

export interface Formula {
  readonly text: string;
  readonly root: FormulaNode;
  /** The names it uses, each once, in order of appearance; `second day month year` included. */
  readonly names: readonly string[];
}

export const MAX_FORMULA_LENGTH = 200;
const MAX_DEPTH = 32;
const TOKEN = /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z][A-Za-z0-9]*)|([-+*/^(),]))/y;

interface Token {
  readonly kind: "number" | "name" | "sign";
  readonly text: string;
}

/**
 * Reads `name number + - * / ^ ( )` and calls of FUNCTIONS, nothing else: there is no member access,
 * no string and no assignment that could be refused too late.
 * @throws FormulaError
 */
export function parseFormula(text: string): Formula {
  if (text.length > MAX_FORMULA_LENGTH) {
    throw new FormulaError(say`longer than ${MAX_FORMULA_LENGTH} characters`);
  }
  const reader = new FormulaReader(tokenize(text));
  const root = reader.readAll();
  return { text, root, names: [...reader.names] };
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) {
      throw new FormulaError(say`"${text.slice(at).trim().charAt(0)}" has no meaning in a formula`);
    }
    const [, number, name, sign] = match;
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else tokens.push({ kind: "sign", text: sign ?? "" });
  }
  return tokens;
}

const SUM = new Set<string>(["+", "-"]);
const PRODUCT = new Set<string>(["*", "/"]);

/** Recursive descent: sum > product > power > atom. */
class FormulaReader {
  readonly names = new Set<string>();
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  readAll(): FormulaNode {
    if (this.#tokens.length === 0) throw new FormulaError("empty");
    const root = this.#readSum();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw new FormulaError(say`"${rest.text}" is not expected there`);
    return root;
  }

  #readSum(): FormulaNode {
    return this.#readChain(SUM, () => this.#readChain(PRODUCT, () => this.#readPower()));
  }

  #readChain(operators: ReadonlySet<string>, readOperand: () => FormulaNode): FormulaNode {
    let left = readOperand();
    while (operators.has(this.#sign())) {
      const operator = this.#take().text as Operator;
      left = { type: "binary", operator, left, right: readOperand() };
    }
    return left;
  }

  #readPower(): FormulaNode {
    const left = this.#readAtom();
    if (this.#sign() !== "^") return left;
    this.#take();
    return this.#deeper(() => ({ type: "binary", operator: "^", left, right: this.#readPower() }));
  }

  #readAtom(): FormulaNode {
    const { kind, text } = this.#take();
    if (kind === "number") return { type: "number", value: Number(text), text };
    if (kind === "name") return this.#sign() === "(" ? this.#readCall(text) : this.#readName(text);
    if (text !== "(") throw new FormulaError(say`"${text}" is not expected there`);
    const inner = this.#deeper(() => this.#readSum());
    this.#expect(")");
    return inner;
  }

  #readName(name: string): FormulaNode {
    this.names.add(name);
    return { type: "name", name };
  }

  #readCall(text: string): FormulaNode {
    const name = FUNCTIONS.find((known) => known === text);
    if (name === undefined) throw new FormulaError(say`there is no function "${text}"`);
    this.#expect("(");
    const args = [this.#deeper(() => this.#readSum())];
    while (this.#sign() === ",") {
      this.#take();
      args.push(this.#deeper(() => this.#readSum()));
    }
    this.#expect(")");
    const takesMore = name === "min" || name === "max";
    if (takesMore ? args.length < 2 : args.length !== 1) {
      throw new FormulaError(
        say`${name} takes ${takesMore ? say`two numbers or more` : say`one number`}`,
      );
    }
    return { type: "call", name, args };
  }

  #deeper<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new FormulaError(say`nested deeper than ${MAX_DEPTH}`);
    const result = read();
    this.#depth -= 1;
    return result;
  }

  #sign(): string {
    const token = this.#tokens[this.#at];
    return token?.kind === "sign" ? token.text : "";
  }

  #take(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new FormulaError(say`it ends too early`);
    this.#at += 1;
    return token;
  }

  #expect(sign: string): void {
    if (this.#sign() !== sign) throw new FormulaError(say`a "${sign}" is missing`);
    this.#at += 1;
  }
}
