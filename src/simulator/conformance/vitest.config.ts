import { defineConfig } from 'vitest/config';

/** For `test-ray.sh` and `test-prometheus.sh`, which name a folder: its cases on one real Ray or Prometheus, one after the other. */
export default defineConfig({
  test: {
    include: ['src/testing/**/*.real.test.ts', 'src/simulator/conformance/**/*.real.test.ts'],
    fileParallelism: false,
    testTimeout: 150_000,
    hookTimeout: 150_000,
  },
});
