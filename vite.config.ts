import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { NONCE_PLACEHOLDER } from './src/backend/web/response-headers.ts';
import { consolePlugin } from './src/server/dev.ts';
import { languages } from './src/contract/language.ts';
import { languageOfMode, wordsOf } from './vite.languages.config.ts';

/** What opens above the page, and what only that needs of Mantine. */
const OVERLAYS =
  /\/(?:@mantine\/core\/esm\/(?:components\/(?:Menu|Modal|ModalBase|Popover|ScrollArea)|utils\/Floating)|@floating-ui|react-remove-scroll|src\/app\/(?:ui\/overlay-dialog|cluster-ui\/cluster-actions))\b/;

/** A script of shared modules that leaves what they import where it is. */
const onlyThese = { minShareCount: 2, priority: 1, includeDependenciesRecursively: false };

/** How the page's modules become scripts. */
const pageScripts = {
  // A section of words comes with the code that reads it, though one file names all sections.
  treeshake: { moduleSideEffects: [{ test: /\/src\/app\/text\//, sideEffects: false }] },
  output: {
    // A request costs more than the few bytes of a module: without groups, the first page asks for 85 files, most below 1 kB.
    codeSplitting: {
      groups: [
        // Two scripts before the list: the page's first questions and all the rest. One is packed better than thirty.
        { name: 'preload', test: /\/src\/app\/preload\.ts$/, priority: 4 },
        { name: 'page', tags: ['$initial' as const], priority: 3 },
        // React asks for these as it draws the list, so they count as loaded before it (`e2e/weight.spec.ts`).
        {
          name: 'beside-list',
          test: /\/src\/app\/(?:shell\/overview-side|features\/clusters\/trend\/trends-reader)\.tsx$/,
          priority: 2,
        },
        { name: 'forms', test: /\/node_modules\/(?:zod|react-hook-form|@hookform)\//, minShareCount: 2, priority: 1 },
        // Whole layers, without what they import: nothing that several screens share imports these, so no circle comes of it.
        // With what must run before uPlot is loaded (`usage-ui/valid-language.ts`).
        { name: 'charts', test: /\/(?:src\/app\/usage-ui|node_modules\/uplot)\//, ...onlyThese },
        // Menus and dialogs, which the map, the journal and usage open none of at first.
        { name: 'overlays', test: OVERLAYS, ...onlyThese },
        // One for all: told apart by who shares them (`entriesAware`), joined small ones import each other in circles.
        { name: 'shared', minShareCount: 2 },
      ],
    },
  },
};

// The page is built once for each language, into one folder: Chinese with `--mode zh-CN`.
export default defineConfig(({ mode }) => {
  const language = languageOfMode(mode);
  return {
    // The server names the page's files from wherever the console lives.
    base: './',
    // React has it since version 18; wouter brings it for older ones.
    resolve: { alias: { 'use-sync-external-store/shim/index.js': 'react' } },
    plugins: [react(), consolePlugin(), askFirst(), packAssets(), ...wordsOf(language)],
    // The guard puts a nonce of its own into every page that it serves.
    html: { cspNonce: NONCE_PLACEHOLDER },
    build: {
      outDir: 'dist/app',
      // Several builds at once fill it: `scripts/build.mjs` empties it before.
      emptyOutDir: false,
      target: 'es2023',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 600,
    },
    environments: {
      client: {
        build: { rolldownOptions: { ...pageScripts, input: languages[language].page } },
      },
    },
    server: { host: '127.0.0.1', port: 8600 },
  };
});

/** Makes of the page's first questions a script of their own, which runs while the rest is still on its way. */
function askFirst(): Plugin {
  return {
    name: 'ask-first',
    apply: ({ build }, { command }) => command === 'build' && build?.ssr === undefined,
    buildStart() {
      this.emitFile({ type: 'chunk', id: 'src/app/preload.ts', name: 'first' });
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const chunk = Object.values(bundle).find(
          (part) => part.type === 'chunk' && part.moduleIds.some((id) => id.endsWith('/src/app/preload.ts')),
        );
        if (chunk === undefined) throw new Error('The first questions have no script of their own.');
        // Before the page's own script, and not in turn with it.
        return html.replace(
          '<script type="module"',
          `<script type="module" async crossorigin src="./${chunk.fileName}"></script>\n    $&`,
        );
      },
    },
  };
}

/** Packs the page's scripts and styles once, as small as brotli makes them: the server sends what stands beside them (`src/server/http/static-files.ts`). */
function packAssets(): Plugin {
  return {
    name: 'pack-assets',
    apply: ({ build }, { command }) => command === 'build' && build?.ssr === undefined,
    async writeBundle({ dir = '' }, bundle) {
      const pack = promisify(brotliCompress);
      // Out of memory: the build of another language may be just writing a file of the same name and content.
      const packed = Object.values(bundle)
        .filter(({ fileName }) => /\.(?:js|css)$/.test(fileName))
        .map((part) => ({ name: part.fileName, content: part.type === 'chunk' ? part.code : part.source }));
      await Promise.all(
        packed.map(async ({ name, content }) => writeFile(join(dir, `${name}.br`), await pack(content))),
      );
    },
  };
}
