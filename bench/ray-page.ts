import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FetchHandler } from '../src/fetch-handler.ts';
import { repositoryRoot } from './paths.ts';

/** Where `npm run test:ray` installs the `ant-ray` wheel, which brings Ray's own page. */
const INSTALLED = join(repositoryRoot, '.cache');

/** The folder of Ant Ray's own page, as built into its wheel. */
export async function findRayPage(): Promise<string> {
  for (const home of (await readdir(INSTALLED)).filter((name) => name.startsWith('ant-ray-'))) {
    const lib = join(INSTALLED, home, 'lib');
    for (const python of await readdir(lib)) {
      const page = join(lib, python, 'site-packages', 'ray', 'dashboard', 'client', 'build');
      if (existsSync(join(page, 'index.html'))) return page;
    }
  }
  throw new Error('Ant Ray’s own page is not installed: run `npm run test:ray` once.');
}

/**
 * Puts Ant Ray's own page in front of `ray`, at the paths where Ray serves it. The benchmark's server compresses it, which Ray
 * doesn't: that favours Ray's page.
 */
export function withRayPage(folder: string, ray: FetchHandler): FetchHandler {
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname !== '/' && !pathname.startsWith('/static/')) return ray(request);
    const path = pathname === '/' ? 'index.html' : pathname;
    const file = await readFile(join(folder, path)).catch(() => null);
    if (file === null) return new Response('Not found', { status: 404 });
    return new Response(file, { headers: { 'Content-Type': contentTypeOf(path) } });
  };
}

function contentTypeOf(path: string): string {
  if (path.endsWith('.html')) return 'text/html; charset=utf-8';
  if (path.endsWith('.js')) return 'text/javascript; charset=utf-8';
  if (path.endsWith('.css')) return 'text/css; charset=utf-8';
  return 'application/octet-stream';
}
