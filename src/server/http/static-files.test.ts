import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FetchHandler } from '../../fetch-handler.ts';
import { createStaticFiles } from './static-files.ts';

let folder = '';
let files: FetchHandler | null = null;

beforeAll(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'console-static-'));
  folder = join(parent, 'app');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(parent, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'index.html'), '<html>');
  await writeFile(join(folder, 'index.zh-CN.html'), '<html lang="zh-CN"><script src="./a.js">');
  await writeFile(join(folder, 'assets', 'main-abc.js'), `//${'x'.repeat(5000)}`);
  await writeFile(join(folder, 'assets', 'page-abc.js'), `//${'y'.repeat(5000)}`);
  await writeFile(join(folder, 'assets', 'page-abc.js.br'), brotliCompressSync('// as the build packed it'));
  await writeFile(join(folder, 'icon.svg'), '<svg/>');
  files = await createStaticFiles(folder);
});

afterAll(() => rm(join(folder, '..'), { recursive: true }));

async function get(path: string, headers: Record<string, string> = {}) {
  const reply = await files?.(new Request(`http://localhost${path}`, { headers }));
  if (reply === undefined) throw new Error('no files');
  return reply;
}

test.each(['/', '/clusters/a', '/clusters/a%2Fb', '/clusters/v1.2/edit', '/journal', '/index.html'])(
  '%s is the page',
  async (path) => {
    const reply = await get(path);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('Content-Type')).toMatch(/^text\/html/);
    expect(await reply.text()).toBe('<html>');
  },
);

test.each([
  ['/nowhere', 404],
  ['/journal/x', 404],
  ['/clusters/a/b', 404],
  ['/Clusters', 404],
  ['/clusters/%E0%A4%A', 400],
  ['/clusters/%', 400],
  ['/new', 200],
  ['/nodes/', 200],
])('%s has the page say what is wrong, with status %i', async (path, status) => {
  const reply = await get(path);
  expect(reply.status).toBe(status);
  expect(await reply.text()).toBe('<html>');
});

test('an asset may be kept for ever; a file of a steady name may not', async () => {
  const asset = await get('/assets/main-abc.js');
  expect(asset.headers.get('Cache-Control')).toContain('immutable');
  expect(asset.headers.get('Content-Type')).toMatch(/^text\/javascript/);
  const icon = await get('/icon.svg');
  expect(icon.headers.get('Cache-Control')).toBe('no-cache');
  expect(icon.headers.get('Content-Type')).toBe('image/svg+xml');
});

test('a missing asset is missing, not the page', async () => {
  expect((await get('/assets/gone.js')).status).toBe(404);
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/..%5csecret.txt',
  '//etc/passwd',
  '/%00',
])('%s leads nowhere', async (path) => {
  expect(await (await get(path)).text()).not.toContain('secret');
});

test('what is worth it goes out packed', async () => {
  const reply = await get('/assets/main-abc.js', { 'Accept-Encoding': 'gzip, deflate, br' });
  expect(reply.headers.get('Content-Encoding')).toBe('br');
  expect(brotliDecompressSync(new Uint8Array(await reply.arrayBuffer())).length).toBe(5002);
  expect(
    (await get('/assets/main-abc.js', { 'Accept-Encoding': 'br;q=0, gzip' })).headers.get('Content-Encoding'),
  ).toBe('gzip');
  expect((await get('/icon.svg', { 'Accept-Encoding': 'br' })).headers.has('Content-Encoding')).toBe(false);
});

test('a folder without a page is none', async () => {
  expect(await createStaticFiles(join(folder, 'assets'))).toBeNull();
  expect(await createStaticFiles(join(folder, 'nowhere'))).toBeNull();
});

test('what the build packed goes out as it packed it, and is no file of its own', async () => {
  const reply = await get('/assets/page-abc.js', { 'Accept-Encoding': 'br' });
  expect(reply.headers.get('Content-Encoding')).toBe('br');
  expect(reply.headers.get('Content-Type')).toMatch(/^text\/javascript/);
  expect(brotliDecompressSync(await reply.arrayBuffer()).toString()).toBe('// as the build packed it');
  expect(await (await get('/assets/page-abc.js')).text()).toMatch(/^\/\/yyy/);
  expect((await get('/assets/page-abc.js.br')).status).toBe(404);
});

test('who reads Chinese gets the Chinese page at the same paths; caches are told', async () => {
  const reply = await get('/clusters/a', { 'Accept-Language': 'zh-CN,zh;q=0.9' });
  expect(reply.status).toBe(200);
  expect(reply.headers.get('Content-Language')).toBe('zh-CN');
  expect(reply.headers.get('Vary')).toBe('Accept-Language, Cookie');
  expect(await reply.text()).toBe('<html lang="zh-CN"><script src="/a.js">');
  expect((await get('/nowhere', { 'Accept-Language': 'zh-CN' })).status).toBe(404);
  const english = await get('/clusters/a', { 'Accept-Language': 'en' });
  expect(english.headers.get('Content-Language')).toBe('en');
});
