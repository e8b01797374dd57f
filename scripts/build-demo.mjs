// Builds the demonstration in each language, English first, whose folder has those of the others in it: node scripts/build-demo.mjs.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const languages = JSON.parse(readFileSync(join(root, 'src', 'contract', 'languages.json'), 'utf8'));
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
const build = [vite, 'build', '--logLevel', 'warn', '--config', 'vite.demo.config.ts'];

for (const language of Object.keys(languages)) {
  const mode = language === 'en' ? [] : ['--mode', language];
  const { status } = spawnSync(process.execPath, [...build, ...mode], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
