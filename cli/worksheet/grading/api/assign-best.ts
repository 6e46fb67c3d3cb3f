/**
 * Pairs rows with columns so that the sum of the weights is largest; a column serves one row at most,
 * a weight of 0 pairs nothing. The Hungarian method, O(rows² x columns).
 *
 * @param weights one row for each thing that wants a partner; all weights >= 0
 * @returns the column of each row, undefined where it stays alone
 */
export function assignBest(weights: readonly (readonly number[])[]): (number | undefined)[] {
  const rows = weights.length;
  const width = Math.max(0, ...weights.map((row) => row.length));
  // One idle column for each row, so that nobody is forced into a pair.
  const columns = width + rows;
  const cost = (row: number, column: number): number => -(weights[row]?.[column] ?? 0);
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  // Index 0 is a sentinel; rows and columns count from 1.
  const rowOf = new Int32Array(columns + 1);
  const before = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row += 1) {
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const used = new Uint8Array(columns + 1);
    rowOf[0] = row;
    let at = 0;
    do {
      used[at] = 1;
      const current = at0(rowOf, at);
      let next = 0;
      let step = Number.POSITIVE_INFINITY;
      for (let column = 1; column <= columns; column += 1) {
        if (used[column] === 1) continue;
        const reduced =
          cost(current - 1, column - 1) - at0(rowPotential, current) - at0(columnPotential, column);
        if (reduced < at0(least, column)) {
          least[column] = reduced;
          before[column] = at;
        }
        if (at0(least, column) < step) {
          step = at0(least, column);
          next = column;
        }
      }
      for (let column = 0; column <= columns; column += 1) {
        if (used[column] === 1) {
          const taken = at0(rowOf, column);
          rowPotential[taken] = at0(rowPotential, taken) + step;
          columnPotential[column] = at0(columnPotential, column) - step;
        } else {
          least[column] = at0(least, column) - step;
        }
      }
      at = next;
    } while (rowOf[at] !== 0);
    while (at !== 0) {
      const previous = at0(before, at);
      rowOf[at] = at0(rowOf, previous);
      at = previous;
    }
  }
  const columnOf: (number | undefined)[] = weights.map(() => undefined);
  for (let column = 1; column <= columns; column += 1) {
    const row = at0(rowOf, column) - 1;
    if (row >= 0 && cost(row, column - 1) < 0) columnOf[row] = column - 1;
  }
  return columnOf;
}

function at0(values: Float64Array | Int32Array, index: number): number {
  return values[index] ?? 0;
}
