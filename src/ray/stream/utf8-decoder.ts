/** The bytes are not UTF-8. */
export class InvalidUtf8 extends Error {}

const NO_BYTES = new Uint8Array();

/**
 * Decodes UTF-8 that comes in parts; an incomplete character at the end of a part waits for the next one. Not with
 * the streaming mode of `TextDecoder`: that is several times slower, and makes texts of two bytes a character. Throws
 * `InvalidUtf8`.
 */
export function createUtf8Decoder(): { decode(part: Uint8Array): string; end(): string } {
  let rest = NO_BYTES;
  let decoder = new TextDecoder('utf-8', { fatal: true });
  function decode(part: Uint8Array, isLast: boolean): string {
    const bytes = rest.byteLength === 0 ? part : concatBytes(rest, part);
    const end = isLast ? bytes.byteLength : endOfCharacters(bytes);
    rest = bytes.slice(end);
    if (end === 0) return '';
    try {
      return decoder.decode(bytes.subarray(0, end));
    } catch {
      throw new InvalidUtf8();
    } finally {
      // A byte order mark is dropped only at the very beginning.
      decoder = laterDecoder;
    }
  }

  return { decode: (part) => decode(part, false), end: () => decode(NO_BYTES, true) };
}

const laterDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function concatBytes(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.byteLength + other.byteLength);
  both.set(one);
  both.set(other, one.byteLength);
  return both;
}

/** Where the last complete character ends. */
function endOfCharacters(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= Math.min(3, length); back += 1) {
    const byte = bytes[length - back] ?? 0;
    if (byte < 0x80) return length;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? length - back : length;
  }
  return length;
}
