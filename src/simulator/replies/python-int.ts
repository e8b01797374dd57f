import { PythonError } from './python-json.ts';
import { pythonRepr } from './python-text.ts';

/** Python's `int(text)`: surrounding whitespace, a sign, and single underscores between digits are allowed. */
export function parsePythonInt(text: string): bigint {
  const found = /^\s*([-+]?)(\d+(?:_\d+)*)\s*$/.exec(text);
  if (found === null)
    throw new PythonError('ValueError', `invalid literal for int() with base 10: ${pythonRepr(text)}`);
  const value = BigInt((found[2] ?? '').replaceAll('_', ''));
  return found[1] === '-' ? -value : value;
}
