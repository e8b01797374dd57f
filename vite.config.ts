import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { NONCE_PLACEHOLDER } from './src/backend/response-headers.ts';
import { consolePlugin } from './src/server/dev.ts';

export default defineConfig({
  // The server names the page's files from wherever the console lives.
  base: './',
  plugins: [react(), consolePlugin()],
  // The guard puts a nonce of its own into every page that it serves.
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: { outDir: 'dist/app', target: 'es2023', modulePreload: { polyfill: false } },
  server: { host: '127.0.0.1', port: 8600 },
});
