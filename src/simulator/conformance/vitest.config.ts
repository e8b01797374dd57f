import { defineConfig } from 'vitest/config';

/** Only for `test-ray.sh`: the cases on one real Ray, one after the other; then the console's own on it. */
export default defineConfig({
  test: {
    include: ['src/simulator/conformance/**/*.real.test.ts', 'src/server/conformance/**/*.real.test.ts'],
    fileParallelism: false,
    testTimeout: 150_000,
    hookTimeout: 150_000,
  },
});
