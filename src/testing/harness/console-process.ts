import { spawn } from 'node:child_process';
import * as z from 'zod/mini';
import { change, type Change } from '../../contract/change.ts';
import { changeList, type ChangeList } from '../../contract/journal.ts';
import { CONSOLE_HEADER, paths } from '../../contract/paths.ts';
import type { ChangeRequest } from '../../domain/change.ts';

/** A console in its own process, reached over HTTP. */
export interface ConsoleProcess {
  /** What it has written to stderr so far. */
  stderr(): string;
  /** Sends a change; rejects when there is no reply. */
  put(id: string, wanted: ChangeRequest): Promise<Change>;
  /** Null for an unknown change. */
  get(id: string): Promise<Change | null>;
  changes(query: string): Promise<ChangeList>;
  /** Sends SIGKILL; resolves when the process has ended. */
  kill(): Promise<void>;
}

/** Starts it and waits until it prints its address; rejects when it ends before. */
export async function startConsoleProcess(script: string, args: readonly string[]): Promise<ConsoleProcess> {
  const child = spawn(process.execPath, [script, '--port', '0', ...args], { env: { PATH: process.env['PATH'] ?? '' } });
  let out = '';
  let err = '';
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString();
      const printed = /http:\/\/127\.0\.0\.1:\d+(?= \()/.exec(out)?.[0];
      if (printed !== undefined) resolve(printed);
    });
    void ended.then(() => reject(new Error(`The console ended: ${err}`)));
  });
  const ask = async <T>(schema: z.ZodMiniType<T>, path: string, init: RequestInit = {}): Promise<T> => {
    const reply = await fetch(address + path, init);
    const text = await reply.text();
    const parsed = schema.safeParse(JSON.parse(text));
    if (!parsed.success) throw new Error(`${path}: ${String(reply.status)} ${text}`);
    return parsed.data;
  };
  return {
    stderr: () => err,
    put: (id, wanted) =>
      ask(change, paths.change(id), {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' },
        body: JSON.stringify(wanted),
      }),
    async get(id) {
      const found = await ask(z.union([change, z.object({ problem: z.literal('no-such-change') })]), paths.change(id));
      return 'problem' in found ? null : found;
    },
    changes: (query) => ask(changeList, `${paths.changes}?${query}`),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
