import { defineConfig } from 'vite';

/** Builds the benchmark scripts for Node, as the server is built. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: '.cache/bench/scripts',
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: {
      input: {
        run: 'bench/run.ts',
        'ray-process': 'bench/ray-process.ts',
        'watchers-process': 'bench/watchers-process.ts',
        'faulty-ray-process': 'bench/faulty-ray-process.ts',
        'server-probe': 'bench/server-probe.ts',
        'write-doc': 'bench/write-doc.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'part-[hash].js' },
    },
  },
});
