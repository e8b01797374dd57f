import { createInterface } from 'node:readline/promises';
import type { Writable } from 'node:stream';
import { readableClusterId } from '../../domain/cluster-id.ts';
import { escapedData } from './escaped-data.ts';

/** Where a command reads and writes. */
export interface Terminal {
  /** A line of what was asked for. */
  out(line: string): void;
  /** JSON or YAML, which was asked for: other programs read it. */
  data(text: string): void;
  /** A line about it: a hint, progress, what went wrong. */
  note(line: string): void;
  /** What goes on now, in place of what went on before; nothing where no person looks. */
  status(line: string): void;
  /** What a person answers; null: nobody is there to be asked. */
  ask(question: string): Promise<string | null>;
  /** Why what was asked for could not be written, once all of it is; null: it was. */
  written(): Promise<string | null>;
  /** Calls at each Ctrl+C, until the returned function is called. */
  onInterrupt(callBack: () => void): () => void;
}

/** A stream that may be a terminal's. */
type Output = Pick<NodeJS.WriteStream, 'isTTY'> & { write(text: string): unknown };

/**
 * Whatever the fleet and the file name: no character of it steers the terminal, and a line stays one, so that no name passes for
 * another line. Where no person looks, as in a log, there are plain lines only.
 */
export function createTerminal({
  stdout,
  stderr,
}: {
  readonly stdout: Pick<Output, 'write'>;
  readonly stderr: Output;
}): Pick<Terminal, 'out' | 'data' | 'note' | 'status'> {
  const clearLine = () => (stderr.isTTY ? '\r\u001B[K' : '');
  return {
    out: (line) => void stdout.write(`${readableClusterId(line)}\n`),
    data: (text) => void stdout.write(`${escapedData(text)}\n`),
    note: (line) => void stderr.write(`${clearLine()}${readableClusterId(line)}\n`),
    status(line) {
      if (stderr.isTTY) stderr.write(`${clearLine()}${readableClusterId(line).slice(0, 100)}`);
    },
  };
}

/** The process's own. A reader that goes away, or a full disk, ends no command in the middle of what it does. */
export function createProcessTerminal(
  streams: { readonly stdout: Writable; readonly stderr: Output & Writable } = process,
): Terminal {
  const { stdout, stderr } = streams;
  let failure: string | null = null;
  stdout.on('error', (error) => (failure ??= causeOf(error)));
  stderr.on('error', () => undefined);
  return {
    ...createTerminal(streams),
    ...questions,
    written: () =>
      new Promise((resolve) => void stdout.write('', (error) => resolve(failure ?? (error ? causeOf(error) : null)))),
  };
}

function causeOf(error: NodeJS.ErrnoException): string {
  return error.code ?? error.message;
}

const questions: Pick<Terminal, 'ask' | 'onInterrupt'> = {
  async ask(question) {
    if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
    const reader = createInterface({ input: process.stdin, output: process.stderr });
    const answer = new Promise<string>((resolve) => reader.once('close', () => resolve('')));
    try {
      return await Promise.race([reader.question(question), answer]);
    } finally {
      reader.close();
    }
  },
  onInterrupt(callBack) {
    process.on('SIGINT', callBack);
    return () => process.off('SIGINT', callBack);
  },
};
