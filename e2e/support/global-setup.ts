import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Builds the page in each language and the server once, before all tests, unless just these are there already. */
export default async function build(): Promise<void> {
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'build.mjs');
  await promisify(execFile)(process.execPath, [script, '--if-changed']);
}
