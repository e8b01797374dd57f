import { describe, expect, it } from 'vitest';
import { RealTarget } from '../../simulator/conformance/real-target.ts';
import { createSystemClock } from '../../server/system-clock.ts';
import { consoleCases } from './cases.ts';
import { createConsoleOn } from './console-on-ray.ts';

const environment = (name: string) => process.env[`RAY_LAB_${name}`] ?? '';
const isStarted = environment('DASHBOARD_PORT') !== '';
const canRunJobs = environment('JOBS') === '1';

describe.skipIf(!isStarted)('the console on a real Ant Ray, started by test-ray.sh', () => {
  const target = new RealTarget({
    dashboardPort: Number(environment('DASHBOARD_PORT')),
    controlPort: Number(environment('CONTROL_PORT')),
    python: environment('PYTHON'),
    folder: environment('FOLDER') || '.cache/lab',
  });
  for (const one of consoleCases) {
    it.skipIf(one.jobs === true && !canRunJobs)(one.name, async () => {
      expect.hasAssertions();
      await target.prepare();
      const console = createConsoleOn(target, createSystemClock());
      try {
        await one.run(console, target);
      } finally {
        await console.close();
      }
    });
  }
});
