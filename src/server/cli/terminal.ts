import { createInterface } from 'node:readline/promises';
import { readableClusterId } from '../../domain/cluster-id.ts';

/** Where a command reads and writes. */
export interface Terminal {
  /** A line of what was asked for. */
  out(line: string): void;
  /** A line about it: a hint, progress, what went wrong. */
  note(line: string): void;
  /** What goes on now, in place of what went on before; nothing where no person looks. */
  status(line: string): void;
  /** What a person answers; null: nobody is there to be asked. */
  ask(question: string): Promise<string | null>;
  /** Calls at each Ctrl+C, until the returned function is called. */
  onInterrupt(callBack: () => void): () => void;
}

/** A stream that may be a terminal's. */
type Output = Pick<NodeJS.WriteStream, 'isTTY'> & { write(text: string): unknown };

/**
 * Whatever the fleet and the file name: no character of it steers the terminal. Where no person looks, as in a log, there are plain
 * lines only.
 */
export function createTerminal({
  stdout,
  stderr,
}: {
  readonly stdout: Pick<Output, 'write'>;
  readonly stderr: Output;
}): Pick<Terminal, 'out' | 'note' | 'status'> {
  const clearLine = () => (stderr.isTTY ? '\r\u001B[K' : '');
  const lines = (text: string) => text.split('\n').map(readableClusterId).join('\n');
  return {
    out: (line) => void stdout.write(`${lines(line)}\n`),
    note: (line) => void stderr.write(`${clearLine()}${lines(line)}\n`),
    status(line) {
      if (stderr.isTTY) stderr.write(`${clearLine()}${readableClusterId(line).slice(0, 100)}`);
    },
  };
}

export const processTerminal: Terminal = {
  ...createTerminal(process),
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
