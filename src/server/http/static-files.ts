import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { languages, languageTags, type Language } from '../../contract/language.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import { encodingFor, isCompressible, MIN_COMPRESSED_BYTES, compress, type Encoding } from './compression.ts';
import { pageLanguage } from './page-language.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

/** The build writes compressed files beside the originals: `x.js.br` is `x.js` in brotli. */
const PRECOMPRESSED_SUFFIX = '.br';

/** Brotli quality for files that are compressed once, here. */
const STATIC_QUALITY = 9;

interface StaticFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly compressed: Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>;
}

/** The files of the page, read once for as many paths as it is served at. */
export interface Pages {
  /**
   * Serves them below a base path, with `/` at both ends. `assets`: the base path from which the page takes its scripts, so that pages
   * of several Rays share what a browser keeps; left out: the same. `page`: what the page shows; left out: a Ray's console.
   */
  at(basePath: string, more?: { readonly assets?: string; readonly page?: 'console' | 'rays' }): FetchHandler;
}

/** Reads a folder into memory, so that no path can lead out of it. Null when it has no `index.html`. */
export async function readPages(folder: string): Promise<Pages | null> {
  const files = await readAll(folder);
  const built = takePages(files);
  const english = built.get('en');
  if (english === undefined) return null;
  return {
    at: (basePath, { assets = basePath, page = 'console' } = {}) =>
      serveFiles(files, built, english, { basePath, assets, page }),
  };
}

/** `readPages` for one base path. */
export async function createStaticFiles(folder: string, basePath = '/'): Promise<FetchHandler | null> {
  return (await readPages(folder))?.at(basePath) ?? null;
}

type BuiltPages = ReadonlyMap<Language, Uint8Array<ArrayBuffer>>;

/**
 * Any path without a file gets the page in the request's language, with 404 for a path that is no screen of it and 400 for a badly
 * encoded one; except below `/assets/`, where it is a plain 404.
 */
function serveFiles(
  files: ReadonlyMap<string, StaticFile>,
  built: BuiltPages,
  english: Uint8Array<ArrayBuffer>,
  place: Place,
): FetchHandler {
  const pages = new Map([...built].map(([language, page]) => [language, placed(page, place)]));
  const fallback = placed(english, place);
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 });
    const { pathname } = new URL(request.url);
    const file = files.get(pathname);
    if (file === undefined && !pathname.startsWith('/assets/')) return pageReply(request.headers, pathname);
    if (file === undefined)
      return new Response('Not found', { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
    const headers = new Headers({ 'Content-Type': file.contentType });
    // Assets are named by a hash of their content; everything else is revalidated.
    headers.set('Cache-Control', pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    const encoding = encodingOf(request, file);
    headers.set('Vary', 'Accept-Encoding');
    if (encoding === null) return new Response(file.bytes, { headers });
    headers.set('Content-Encoding', encoding);
    return new Response(await compressedFile(file, encoding), { headers });
  };

  /** The request guard inserts a nonce into the page, so it is not compressed here. */
  function pageReply(asked: Headers, pathname: string): Response {
    const language = pageLanguage(asked);
    const page = pages.get(language);
    const headers = new Headers({ 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' });
    headers.set('Vary', 'Accept-Language, Cookie');
    headers.set('Content-Language', page === undefined ? 'en' : language);
    return new Response(page ?? fallback, { headers, status: pathname === '/index.html' ? 200 : pageStatus(pathname) });
  }
}

/** Takes the page out of the files, in each language that it was built in. */
function takePages(files: Map<string, StaticFile>): BuiltPages {
  const pages = new Map<Language, Uint8Array<ArrayBuffer>>();
  for (const language of languageTags) {
    const name = `/${languages[language].page}`;
    const file = files.get(name);
    if (file !== undefined) pages.set(language, file.bytes);
    files.delete(name);
  }
  return pages;
}

interface Place {
  readonly basePath: string;
  readonly assets: string;
  readonly page: 'console' | 'rays';
}

/** The page with its asset URLs and its base-path tag set. */
function placed(page: Uint8Array, { basePath, assets, page: kind }: Place): Uint8Array<ArrayBuffer> {
  const html = new TextDecoder()
    .decode(page)
    .replaceAll('="./', `="${assets}`)
    .replace('name="base-path" content="/"', `name="base-path" content="${basePath}"`)
    .replace('name="page" content="console"', `name="page" content="${kind}"`);
  return new TextEncoder().encode(html);
}

/** The shape of the page's screens; `app/routing/routes.ts` decides which there are. */
const screens =
  /^\/(?:(?:clusters|new|nodes|journal|usage|plans|fleet-file|sign-in)\/?|plans\/[^/]+\/?|clusters\/[^/]+(?:\/edit)?\/?)?$/;

/** The status of `index.html` at a path: 200 for a screen of the page. */
function pageStatus(pathname: string): 200 | 400 | 404 {
  try {
    decodeURIComponent(pathname);
  } catch {
    return 400;
  }
  return screens.test(pathname) ? 200 : 404;
}

async function readAll(folder: string): Promise<Map<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length).replaceAll('\\', '/').replace(/^\/*/, '/');
    files.set(encodeURI(name), {
      bytes: new Uint8Array(await readFile(path)),
      contentType: contentTypes[extname(entry.name)] ?? 'application/octet-stream',
      compressed: new Map(),
    });
  }
  for (const [name, { bytes }] of files) {
    const of = name.endsWith(PRECOMPRESSED_SUFFIX) ? files.get(name.slice(0, -PRECOMPRESSED_SUFFIX.length)) : undefined;
    if (of === undefined) continue;
    of.compressed.set('br', Promise.resolve(bytes));
    files.delete(name);
  }
  return files;
}

function encodingOf(request: Request, { bytes, contentType }: StaticFile): Encoding | null {
  return bytes.length < MIN_COMPRESSED_BYTES || !isCompressible(contentType) ? null : encodingFor(request.headers);
}

/** A file as the build compressed it; else compressed on the first request and cached. */
function compressedFile(file: StaticFile, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = file.compressed.get(encoding) ?? compress(file.bytes, encoding, STATIC_QUALITY);
  file.compressed.set(encoding, bytes);
  return bytes;
}
