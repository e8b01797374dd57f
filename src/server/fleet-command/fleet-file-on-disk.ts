import { closeSync, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { parseFleetFile, type ParsedFile } from '../../fleet-file/parse.ts';
import { describeProblem } from '../../fleet-file/problem.ts';
import { MAX_FILE_BYTES } from '../../fleet-file/schema.ts';
import { ConsoleError } from './console-client.ts';

type FleetFile = Extract<ParsedFile, { readonly ok: true }>;

/**
 * A file's text; null: there is none.
 * @throws ConsoleError when it can't be read, or is too large to be
 */
export function readTextIfAny(path: string): string | null {
  let file;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new ConsoleError(`${path} can't be read (${codeOf(error)}).`);
  }
  try {
    const { size } = fstatSync(file);
    if (size > MAX_FILE_BYTES)
      throw new ConsoleError(`${path}:${describeProblem({ line: 1, column: 1, fault: { kind: 'too-large' } })}`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw error instanceof ConsoleError ? error : new ConsoleError(`${path} can't be read (${codeOf(error)}).`);
  } finally {
    closeSync(file);
  }
}

/** @throws ConsoleError when there is no such file, it can't be read, or it holds an error */
export function readFleetFile(path: string): FleetFile {
  const text = readTextIfAny(path);
  if (text === null) throw new ConsoleError(`There is no file ${path}.`);
  return parseOrThrow(path, text);
}

/** @throws ConsoleError with a line for each problem, as compilers write them */
export function parseOrThrow(path: string, text: string): FleetFile {
  const parsed = parseFleetFile(text);
  if (parsed.ok) return parsed;
  throw new ConsoleError(parsed.problems.map((problem) => `${path}:${describeProblem(problem)}`));
}

/** @throws ConsoleError when it can't be written */
export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new ConsoleError(`${path} can't be written (${codeOf(error)}).`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
}
