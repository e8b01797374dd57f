import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Builds the console as files that need no server of their own: `npm run build:demo` makes dist/demo. */
export default defineConfig({
  root: join(import.meta.dirname, 'src', 'demo'),
  publicDir: join(import.meta.dirname, 'public'),
  // Any folder of any host.
  base: './',
  plugins: [react(), iconBesideThePage()],
  define: {
    // The page's place stands behind the `#` of the browser's location: see src/demo/hash-location.ts.
    'window.location': 'globalThis.pageLocation',
    'location.pathname': 'globalThis.pageLocation.pathname',
    'location.search': 'globalThis.pageLocation.search',
  },
  worker: { format: 'es' },
  build: {
    outDir: join(import.meta.dirname, 'dist', 'demo'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
});

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
