// Builds the page and the server: node scripts/build.mjs [--if-changed].
// With --if-changed, nothing is done where dist was built from exactly these files, whatever their times: a checkout changes those.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const stamp = join(root, 'dist', 'built-from');
const languages = JSON.parse(readFileSync(join(root, 'src', 'contract', 'languages.json'), 'utf8'));
const pages = Object.values(languages).map(({ page }) => page);
const outputs = [...pages.map((page) => `dist/app/${page}`), 'dist/server/main.js'];

/** What a build reads; tests are no part of it. */
function inputs() {
  const below = ['src', 'public'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const single = [
    'package.json',
    'package-lock.json',
    ...pages,
    'vite.config.ts',
    'vite.languages.config.ts',
    'tsconfig.json',
    'scripts/build.mjs',
  ];
  return [...single.map((name) => join(root, name)), ...below].toSorted((a, b) => (a < b ? -1 : 1));
}

function hashOfInputs() {
  const hash = createHash('sha256').update(process.version);
  for (const path of inputs()) {
    const content = readFileSync(path);
    hash.update(`${path.slice(root.length)}\n${String(content.length)}\n`).update(content);
  }
  return hash.digest('hex');
}

/** Changes when anybody else builds into dist. */
function outputsNow() {
  return outputs.map((name) => {
    const { mtimeMs, size } = statSync(join(root, name));
    return `${name} ${String(mtimeMs)} ${String(size)}`;
  });
}

async function build(...more) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', ...more], {
    cwd: root,
    stdio: 'inherit',
  });
  const [status] = await once(child, 'close');
  if (status !== 0) process.exit(status ?? 1);
}

function isBuiltFrom(hash) {
  try {
    return readFileSync(stamp, 'utf8') === [hash, ...outputsNow()].join('\n');
  } catch {
    return false;
  }
}

const hash = hashOfInputs();
if (!(process.argv.includes('--if-changed') && isBuiltFrom(hash))) {
  rmSync(stamp, { force: true });
  // All at once, and the page's into one folder, which none may empty then.
  for (const folder of ['app', 'server']) rmSync(join(root, 'dist', folder), { recursive: true, force: true });
  await Promise.all([
    ...Object.keys(languages).map((language) => (language === 'en' ? build() : build('--mode', language))),
    build('--ssr', 'src/server/main.ts', '--outDir', 'dist/server'),
  ]);
  // The hash is of what there was before: a file that changed meanwhile is built again.
  writeFileSync(stamp, [hash, ...outputsNow()].join('\n'));
}
