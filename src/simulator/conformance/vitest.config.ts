import { defineConfig } from 'vitest/config';

/** Only for `test-ray.sh`, which names one of the two folders: its cases on one real Ray, one after the other. */
export default defineConfig({
  test: {
    include: ['src/testing/conformance/**/*.real.test.ts', 'src/simulator/conformance/**/*.real.test.ts'],
    fileParallelism: false,
    testTimeout: 150_000,
    hookTimeout: 150_000,
  },
});
