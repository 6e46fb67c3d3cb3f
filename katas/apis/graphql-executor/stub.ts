/** Part of a document that was parsed already. */
export type Selection =
  | {
      readonly kind: "field";
      readonly name: string;
      /** The key in the result, in place of the name. */
      readonly alias?: string;
      /** JSON values. Left out, it is the same as `{}`. */
      readonly args?: Readonly<Record<string, unknown>>;
      /** What is wanted of an object, or of each object of a list; for leaves there is none. */
      readonly selections?: readonly Selection[];
    }
  | {
      readonly kind: "fragment";
      /** The name of the type that it applies to. */
      readonly on: string;
      /** False: it is skipped, as by `@include(if: false)`. */
      readonly include?: boolean;
      readonly selections: readonly Selection[];
    };

export interface Operation {
  readonly kind: "query" | "mutation";
  readonly selections: readonly Selection[];
}

/** Finds the value of a field. It may return a value or a promise, throw or reject. */
export type Resolver = (
  parent: unknown,
  args: Readonly<Record<string, unknown>>,
  context: unknown,
) => unknown;

export interface FieldDef {
  /** `Int`, `User!`, `[User!]`, `[[Int]!]!`: a name, lists of it, and "!" where null is not allowed. */
  readonly type: string;
  /** Without it, the value is the parent's property of the field's name. */
  readonly resolve?: Resolver;
}

export interface Schema {
  /** The type of the root of queries. */
  readonly query: string;
  /** The type of the root of mutations. */
  readonly mutation?: string;
  /** Object types by name. Any other name is a leaf. */
  readonly types: Readonly<Record<string, { readonly fields: Readonly<Record<string, FieldDef>> }>>;
}

export interface ExecutionError {
  readonly message: string;
  /** Response keys and indices of lists, from the root to the position that failed. */
  readonly path?: (string | number)[];
}

/** The answer to an operation. */
export interface ExecutionResult {
  /** No such property: the operation was invalid and nothing ran. Null: a null moved up to the root. */
  data?: Record<string, unknown> | null;
  /** No such property: there were no errors. */
  errors?: ExecutionError[];
}

/**
 * Validates the operation, runs it, and never rejects.
 * @param root the parent of the fields of the root type
 * @param context handed to every resolver as it is
 */
export function execute(
  schema: Schema,
  operation: Operation,
  root?: unknown,
  context?: unknown,
): Promise<ExecutionResult> {
  throw new Error("unimplemented: execute");
}
