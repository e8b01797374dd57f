import { defineConfig } from 'vitest/config';

/** Only for `test-ray.sh`: the cases on one real Ray, one after the other. */
export default defineConfig({
  test: {
    include: ['src/simulator/conformance/**/*.real.test.ts'],
    fileParallelism: false,
    testTimeout: 150_000,
    hookTimeout: 150_000,
  },
});
