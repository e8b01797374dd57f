import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** In the order of their paths: the console's own cases first, since the last of Ray's spoils its state API for good. */
class ByPath extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((one, other) => (one.moduleId < other.moduleId ? -1 : 1)));
  }
}

/** Only for `test-ray.sh`: the cases on one real Ray, one after the other. */
export default defineConfig({
  test: {
    include: ['src/server/conformance/**/*.real.test.ts', 'src/simulator/conformance/**/*.real.test.ts'],
    fileParallelism: false,
    sequence: { sequencer: ByPath },
    testTimeout: 150_000,
    hookTimeout: 150_000,
  },
});
