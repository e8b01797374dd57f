import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../../e2e/support/find-browser.ts';
import { submitCommand } from '../../app/cluster-ui/submit-command.ts';
import { RealTarget } from '../../simulator/conformance/real-target.ts';
import { createSystemClock } from '../../server/system-clock.ts';
import { consoleCases } from './cases.ts';
import { clusterIn, createConsoleOn } from './console-on-ray.ts';
import { startPackedConsole, type PackedConsole } from './packed-console.ts';
import { pageCases } from './page-cases.ts';

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
  it.skipIf(!canRunJobs)('the command that the page offers to copy submits a job to the virtual cluster', async () => {
    await target.prepare({ jobs: true });
    const console = createConsoleOn(target, createSystemClock());
    try {
      for (const divisible of [false, true]) {
        const id = divisible ? 'submit-divisible' : 'submit-shared';
        const created = await console.change({
          kind: 'save',
          clusterId: id,
          divisible,
          base: null,
          want: { '4c8g': 1 },
        });
        expect(created.result).toMatchObject({ kind: 'applied' });
        const command = submitCommand(
          `http://127.0.0.1:${environment('DASHBOARD_PORT')}`,
          await console.cluster(id),
        ).replace('-- python my_job.py', '--no-wait -- sleep 20');
        const { stdout } = await promisify(execFile)('sh', ['-c', command], {
          env: { ...process.env, PATH: `${dirname(environment('PYTHON'))}:${process.env['PATH'] ?? ''}` },
        });
        expect(stdout).toMatch(/raysubmit_\w+/);
        const submissionId = /raysubmit_\w+/.exec(stdout)?.[0] ?? '';
        // A job in a divisible cluster gets one of its own (fact 22).
        await console.until(submissionId, (fleet) => {
          const usedBy = clusterIn(fleet, id)?.usedBy;
          if (usedBy?.known !== true) return null;
          const jobs = divisible ? usedBy.value.jobClusters : usedBy.value.jobs;
          return jobs.some((job) => job.submissionId === submissionId);
        });
        // Or else the next case could not remove the virtual cluster.
        const stopped = await console.change({ kind: 'stop-job', clusterId: id, submissionId });
        expect(stopped.result).toMatchObject({ kind: 'applied' });
      }
    } finally {
      await console.close();
    }
  });

  describe('in a browser, on the installed package', () => {
    let browser: Browser | null = null;
    let console: PackedConsole | null = null;

    beforeAll(async () => {
      browser = await chromium.launch({ ...(await findBrowser()) });
      const ray = `http://127.0.0.1:${environment('DASHBOARD_PORT')}`;
      console = await startPackedConsole(environment('CONSOLE'), ray);
    });
    afterAll(async () => {
      await browser?.close();
      await console?.stop();
    });

    for (const one of pageCases) {
      it.skipIf(one.jobs === true && !canRunJobs)(one.name, async () => {
        expect.hasAssertions();
        if (browser === null || console === null) throw new Error('not started');
        await target.prepare({ jobs: one.jobs === true });
        const page = await browser.newPage({ locale: 'en-US' });
        try {
          await one.run(page, console, target);
        } finally {
          await page.close();
        }
      });
    }
  });

  for (const one of consoleCases) {
    it.skipIf(one.jobs === true && !canRunJobs)(one.name, async () => {
      expect.hasAssertions();
      await target.prepare({ jobs: one.jobs === true });
      const console = createConsoleOn(target, createSystemClock());
      try {
        await one.run(console, target);
      } finally {
        await console.close();
      }
    });
  }
});
