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

/** Whatever the fleet and the file name: no character of it steers the terminal. */
export const processTerminal: Terminal = {
  out: (line) => process.stdout.write(`${line.split('\n').map(readableClusterId).join('\n')}\n`),
  note: (line) => process.stderr.write(`${clearLine()}${line.split('\n').map(readableClusterId).join('\n')}\n`),
  status: (line) => {
    if (process.stderr.isTTY) process.stderr.write(`${clearLine()}${readableClusterId(line).slice(0, 100)}`);
  },
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

function clearLine(): string {
  return process.stderr.isTTY ? '\r\u001B[K' : '';
}
