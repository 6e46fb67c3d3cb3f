/**
 * A piece of work for a bench: visits the next `batch` items of a list, round and round, so that
 * every timed call does equally much. The list's length is a multiple of `batch`.
 */
export function inBatches<Item>(
  list: readonly Item[],
  batch: number,
  visit: (item: Item) => unknown,
): () => void {
  if (list.length % batch !== 0) throw new RangeError("the list is not a multiple of the batch");
  let from = 0;
  return () => {
    for (let i = from; i < from + batch; i += 1) visit(list[i] as Item);
    from = (from + batch) % list.length;
  };
}
