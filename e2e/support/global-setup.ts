import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..');

/** Builds the page in each language and the server once, before all tests. */
export default async function build(): Promise<void> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const run = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn', ...args], { cwd: root });
  // The first of the page's two empties their folder.
  const page = async () => {
    await run();
    await run('--mode', 'zh-CN');
  };
  await Promise.all([page(), run('--ssr', 'src/server/main.ts', '--outDir', 'dist/server')]);
}
