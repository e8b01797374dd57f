import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import packageJson from '../../package.json' with { type: 'json' };

/** How to launch the browser. */
export interface BrowserLaunch {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

/** No sandbox, which containers and CI rarely allow. The other flags disable the browser's own network traffic. */
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
 * On Linux x64 the Chromium of the npm package, so that every machine tests the same version; it is a headless shell, which
 * is a third faster than a full browser. Elsewhere an installed Chromium or Chrome, else Playwright's. `CHROME_PATH` selects
 * another; `CHROME_PATH=installed` selects the installed one.
 */
export async function findBrowser(env: NodeJS.ProcessEnv = process.env): Promise<BrowserLaunch> {
  const inherited = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const chromePath = env['CHROME_PATH'] ?? '';
  if (chromePath === '' && process.platform === 'linux' && process.arch === 'x64') {
    const bundled = await bundledBrowser(inherited);
    // It can't start where a library is missing; an installed browser brings its own.
    if (await canStart(bundled)) return bundled;
  }
  if (chromePath !== '' && chromePath !== 'installed') {
    if (!existsSync(chromePath)) throw new Error(`CHROME_PATH names ${chromePath}, and there is no such file.`);
    return { executablePath: chromePath, args: flags, env: inherited };
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...fixedPaths,
    chromium.executablePath(),
  ];
  const installed = candidates.find((path) => existsSync(path));
  if (installed === undefined)
    throw new Error('There is no Chromium or Chrome here. Install one, or name it in CHROME_PATH.');
  return { executablePath: installed, args: flags, env: inherited };
}

async function canStart({ executablePath, env }: BrowserLaunch): Promise<boolean> {
  try {
    await promisify(execFile)(executablePath, ['--version', '--no-sandbox'], { env, timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

/** The Chromium of the npm package with its libraries and fonts, unpacked once. */
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

/** The package unpacks into the temporary folder. It gets a folder of its own, which is renamed once it is complete. */
async function unpack(): Promise<void> {
  await mkdir(join(cache, '..'), { recursive: true });
  const folder = await mkdtemp(`${cache}-`);
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpacking], {
      cwd: root,
      // This variable makes the package unpack its own libraries too.
      env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
    });
    await writeFile(join(folder, 'fonts.conf'), fontsIn(join(cache, 'fonts'), join(cache, 'fonts-cache')));
    await rename(folder, cache);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    // Another worker may have unpacked it first.
    if (!existsSync(cache)) throw error;
  }
}

/** A fontconfig file for the package's fonts and the system's. */
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
