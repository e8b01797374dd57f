/** One number of each row. */
export interface NumberColumn {
  at(row: number): number;
  /** How much memory the numbers take. */
  readonly bytes: number;
}

/** As many as a byte can tell apart. */
const MAX_DIFFERENT = 256;

/** A column of few different numbers, such as CPUs, has a byte a row; only one of many different has the numbers themselves. */
export function columnOf(rows: number, numberAt: (row: number) => number): NumberColumn {
  const indexes = new Map<number, number>();
  const codes = new Uint8Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const value = numberAt(row);
    const index = indexes.get(value) ?? indexes.size;
    if (index === MAX_DIFFERENT) return wholeColumn(Float64Array.from({ length: rows }, (_, each) => numberAt(each)));
    indexes.set(value, index);
    codes[row] = index;
  }
  return codedColumn(codes, Float64Array.from(indexes.keys()));
}

/** Functions of their own: inside `columnOf`, they would keep what a column is made from. */
function wholeColumn(numbers: Float64Array): NumberColumn {
  return { at: (row) => numbers[row] ?? Number.NaN, bytes: numbers.byteLength };
}

function codedColumn(codes: Uint8Array, values: Float64Array): NumberColumn {
  return { at: (row) => values[codes[row] ?? -1] ?? Number.NaN, bytes: codes.byteLength + values.byteLength };
}
