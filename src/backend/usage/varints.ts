/** Whole numbers as bytes, small ones short: seven bits a byte, negative ones in a zigzag. */
export interface ByteWriter {
  unsigned(value: number): void;
  signed(value: number): void;
  bytes(piece: Uint8Array): void;
  done(): Uint8Array;
}

export function createByteWriter(expected = 256): ByteWriter {
  let buffer = new Uint8Array(expected);
  let length = 0;
  const room = (more: number) => {
    if (length + more <= buffer.length) return;
    const larger = new Uint8Array(Math.max(buffer.length * 2, length + more));
    larger.set(buffer);
    buffer = larger;
  };
  const unsigned = (value: number) => {
    room(8);
    let rest = value;
    // Not by shifts: sums may pass 32 bits.
    while (rest >= 128) {
      buffer[length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    buffer[length++] = rest;
  };
  return {
    unsigned,
    signed: (value) => unsigned(value < 0 ? -2 * value - 1 : 2 * value),
    bytes(piece) {
      room(piece.length);
      buffer.set(piece, length);
      length += piece.length;
    },
    done: () => buffer.slice(0, length),
  };
}

export interface ByteReader {
  unsigned(): number;
  signed(): number;
  skip(count: number): void;
  skipNumbers(count: number): void;
  /** As many signed numbers as it has places. In one loop: a day's totals are 300,000. */
  signedColumn(column: Float64Array): void;
  position(): number;
  readonly isAtEnd: () => boolean;
}

/** Throws at an end within a number: such bytes are damaged. */
export function createByteReader(bytes: Uint8Array): ByteReader {
  let at = 0;
  const unsigned = () => {
    const first = bytes[at];
    if (first !== undefined && first < 128) {
      at += 1;
      return first;
    }
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('usage is cut off');
      if (byte < 128) return value + byte * scale;
      value += (byte - 128) * scale;
      scale *= 128;
    }
  };
  const signed = () => {
    const value = unsigned();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  };
  return {
    unsigned,
    signed,
    signedColumn(column) {
      for (let row = 0; row < column.length; row++) {
        const byte = bytes[at];
        if (byte === undefined || byte >= 128) column[row] = signed();
        else {
          column[row] = (byte >>> 1) ^ -(byte & 1);
          at += 1;
        }
      }
    },
    skip(count) {
      at += count;
    },
    skipNumbers(count) {
      for (let left = count; left > 0; at++) if ((bytes[at] ?? 0) < 128) left -= 1;
      if (at > bytes.length) throw new Error('usage is cut off');
    },
    position: () => at,
    isAtEnd: () => at >= bytes.length,
  };
}
