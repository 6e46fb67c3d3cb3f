/** One operation that a client called on a shared object. */
export interface Operation<Input, Output> {
  /** Who called it: a process calls its operations one after the other. */
  readonly process: string;
  readonly input: Input;
  /** What came back; undefined when the status is "info". */
  readonly output?: Output | undefined;
  /** Number of the event of calling it, finite. All event numbers of a history are different. */
  readonly call: number;
  /** Number of the event of its return, greater than `call`; Infinity when the status is "info". */
  readonly ret: number;
  /**
   * "ok": it took effect once, at some instant between call and return. "info": nobody knows; it may
   * take effect once, at any instant after its call, or never.
   */
  readonly status: "ok" | "info";
}

/** What the object does when its operations come one at a time. All functions are pure. */
export interface Model<State, Input, Output> {
  init(): State;
  /**
   * The state after `input` was applied to `state` and answered `output`, which undefined leaves
   * open. Null: it cannot be answered so in that state. No state is null.
   */
  step(state: State, input: Input, output: Output | undefined): State | null;
  /** Two states are equal exactly when their keys are. Any string. */
  key(state: State): string;
  /** Operations of different partitions touch different parts of the object. Any string. */
  partition?(input: Input): string;
}

/** Whether a history is linearizable. Numbers are places in the history that was handed in. */
export type Verdict =
  | { ok: true; order: number[] }
  | {
      ok: false;
      /** The partition that cannot be ordered, if the model has partitions. */
      partition?: string;
      /** A beginning of an order in that partition that goes as far as one was found to go. */
      longest: number[];
    };

/**
 * Decides whether each operation of a history can be given an instant between its call and its
 * return, such that the model, applied in that order, answers as the object did.
 * @throws RangeError for a history that no processes could have made (rule 7).
 */
export function checkLinearizable<State, Input, Output>(
  history: readonly Operation<Input, Output>[],
  model: Model<State, Input, Output>,
): Verdict {
  throw new Error("unimplemented: checkLinearizable");
}
