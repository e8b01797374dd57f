import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import packageJson from '../../package.json' with { type: 'json' };

/** How to start the browser that the tests drive. */
export interface BrowserLaunch {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

/** No sandbox: containers and CI seldom allow one. The rest keeps the browser from talking to anybody. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const fixedPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const root = join(import.meta.dirname, '..', '..');
const cache = join(
  root,
  'node_modules',
  '.cache',
  'bundled-chromium',
  packageJson.devDependencies['@sparticuz/chromium'],
);

/**
 * The Chromium that comes inside npm where it runs (Linux on x64), so that every machine tests the same one: it is a
 * headless shell, which costs a third less than an installed browser. Elsewhere an installed Chromium or Chrome, else
 * Playwright's own. `CHROME_PATH` names another; `CHROME_PATH=installed` takes what the machine has.
 */
export async function findBrowser(env: NodeJS.ProcessEnv = process.env): Promise<BrowserLaunch> {
  const inherited = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const asked = env['CHROME_PATH'] ?? '';
  if (asked === '' && process.platform === 'linux' && process.arch === 'x64') {
    const own = await bundledBrowser(inherited);
    // Where a library is missing that it needs, an installed one has it.
    if (await starts(own)) return own;
  }
  if (asked !== '' && asked !== 'installed') {
    if (!existsSync(asked)) throw new Error(`CHROME_PATH names ${asked}, and there is no such file.`);
    return { executablePath: asked, args: flags, env: inherited };
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const places = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...fixedPaths,
    chromium.executablePath(),
  ];
  const installed = places.find((place) => existsSync(place));
  if (installed === undefined)
    throw new Error('There is no Chromium or Chrome here. Install one, or name it in CHROME_PATH.');
  return { executablePath: installed, args: flags, env: inherited };
}

async function starts({ executablePath, env }: BrowserLaunch): Promise<boolean> {
  try {
    await promisify(execFile)(executablePath, ['--version', '--no-sandbox'], { env, timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

/** The Chromium inside npm, unpacked once, with the libraries and fonts that it brings along. */
async function bundledBrowser(env: Record<string, string>): Promise<BrowserLaunch> {
  if (!existsSync(cache)) await unpack();
  return {
    executablePath: join(cache, 'chromium'),
    args: flags,
    env: {
      ...env,
      LD_LIBRARY_PATH: [join(cache, 'al2023', 'lib'), env['LD_LIBRARY_PATH'] ?? '']
        .filter((path) => path !== '')
        .join(':'),
      FONTCONFIG_FILE: join(cache, 'fonts.conf'),
    },
  };
}

const unpacking = `const { default: chromium } = await import('${import.meta.resolve('@sparticuz/chromium')}'); await chromium.executablePath();`;

/** It unpacks into the temporary folder, for good: so it gets one of its own, which takes its name when it is whole. */
async function unpack(): Promise<void> {
  await mkdir(join(cache, '..'), { recursive: true });
  const folder = await mkdtemp(`${cache}-`);
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpacking], {
      cwd: root,
      // As on its home ground, it brings its own libraries.
      env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
    });
    await writeFile(join(folder, 'fonts.conf'), fontsIn(join(cache, 'fonts'), join(cache, 'fonts-cache')));
    await rename(folder, cache);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    // Another worker may have been first.
    if (!existsSync(cache)) throw error;
  }
}

/** The fonts that it brings, and those that the machine has. */
function fontsIn(folder: string, cacheFolder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${cacheFolder}</cachedir>
</fontconfig>
`;
}
