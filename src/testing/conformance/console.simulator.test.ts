import { describe, expect, it } from 'vitest';
import { SimulatedTarget } from '../../simulator/conformance/simulated-target.ts';
import { consoleCases } from './cases.ts';
import { createConsoleOn } from './console-on-ray.ts';

/** The same cases run on a real Ant Ray: `npm run test:ray`. */
describe('the console on the simulator', () => {
  for (const one of consoleCases) {
    it(one.name, async () => {
      expect.hasAssertions();
      const target = await SimulatedTarget.start();
      const console = createConsoleOn(target, target.clock);
      try {
        await one.run(console, target);
      } finally {
        await console.close();
      }
    });
  }
});
