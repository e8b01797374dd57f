import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { chineseWords } from './vite.languages.config.ts';

/**
 * Builds the console as files that need no server of their own: `npm run build:demo` makes dist/demo in English, and in Chinese, with
 * `--mode zh-CN`, the folder `zh-CN` in it. The page switches between them (`src/demo/demo-language.ts`).
 */
export default defineConfig(({ mode }) => {
  const isChinese = mode === 'zh-CN';
  const folder = join(import.meta.dirname, 'dist', 'demo');
  return {
    root: join(import.meta.dirname, 'src', 'demo'),
    publicDir: join(import.meta.dirname, 'public'),
    // Any folder of any host.
    base: './',
    plugins: [react(), iconBesideThePage(), ...(isChinese ? [chineseWords(), chinesePage()] : [])],
    define: {
      // The page's place stands behind the `#` of the browser's location: see src/demo/hash-location.ts.
      'window.location': 'globalThis.pageLocation',
      'location.pathname': 'globalThis.pageLocation.pathname',
      'location.search': 'globalThis.pageLocation.search',
    },
    worker: { format: 'es' as const },
    build: {
      outDir: isChinese ? join(folder, 'zh-CN') : folder,
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 800,
    },
  };
});

/** What stands in the page before its scripts run. */
function chinesePage(): Plugin {
  return {
    name: 'chinese-page',
    transformIndexHtml: (html) =>
      html
        .replace('<html lang="en">', '<html lang="zh-CN">')
        .replace('<title>Virtual clusters</title>', '<title>虚拟集群</title>')
        .replace('The console needs JavaScript.', '控制台需要 JavaScript。'),
  };
}

/** The page's paths are no files here, but its icon is one. */
function iconBesideThePage(): Plugin {
  let changed = 0;
  return {
    name: 'icon-beside-the-page',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/src/app/') || !code.includes(`withBasePath('/icon.svg')`)) return null;
      changed += 1;
      return { code: code.replaceAll(`withBasePath('/icon.svg')`, `'./icon.svg'`), map: null };
    },
    buildEnd(error) {
      if (error === undefined && changed === 0) throw new Error('No icon of the page was found.');
    },
  };
}
