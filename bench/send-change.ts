import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { CONSOLE_HEADER, paths } from '../src/contract/paths.ts';

const reply = z.object({ result: z.nullable(z.object({ kind: z.string() })) });

/** Sends a change as the page does; the reply's text. */
export async function sendChange(address: string, wanted: unknown): Promise<string> {
  const response = await fetch(`${address}${paths.change(randomUUID())}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' },
    body: JSON.stringify(wanted),
  });
  return response.text();
}

/** Throws unless the reply to a change says that it was applied. */
export function expectApplied(text: string): void {
  const { result } = reply.parse(JSON.parse(text));
  if (result?.kind !== 'applied') throw new Error(`A change of the benchmark was not applied: ${text.slice(0, 300)}`);
}
