import { PythonError } from './python-error.ts';
import { pythonRepr } from './python-text.ts';

/** Python converts no longer text to an integer, in JSON neither. */
const MAX_DIGITS = 4_300;

/** Python's `int(text)`: surrounding white space, a sign, and single underscores between digits of any script are allowed. */
export function parsePythonInt(text: string): bigint {
  const found = /^([-+]?)(\p{Nd}+(?:_\p{Nd}+)*)$/u.exec(stripped(text));
  if (found === null)
    throw new PythonError('ValueError', `invalid literal for int() with base 10: ${pythonRepr(text)}`);
  const digits = Array.from((found[2] ?? '').replaceAll('_', ''), decimalValue).join('');
  const value = bigIntOf(digits);
  return found[1] === '-' ? -value : value;
}

/** An integer from its decimal digits, as long as Python reads it. */
export function bigIntOf(digits: string): bigint {
  const count = digits.replace(/^[-+]/, '').length;
  if (count > MAX_DIGITS) {
    throw new PythonError(
      'ValueError',
      `Exceeds the limit (4300 digits) for integer string conversion: value has ${String(count)} digits; use sys.set_int_max_str_digits() to increase the limit`,
    );
  }
  return BigInt(digits);
}

/** Text beyond ASCII may be padded with any white space of Unicode's, ASCII only with its own. */
function stripped(text: string): string {
  const isAscii = !/[^\u0000-\u007f]/.test(text);
  const padding = isAscii ? /^[ \t-\r]+|[ \t-\r]+$/g : /^[\s\u001c-\u001f\u0085]+|[\s\u001c-\u001f\u0085]+$/g;
  // JavaScript counts U+FEFF as white space, Python does not.
  return text.includes('\ufeff') ? text : text.replace(padding, '');
}

/** The digits of a script stand side by side, from its zero on. */
function decimalValue(digit: string): string {
  let before = 0;
  const code = digit.codePointAt(0) ?? 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}
