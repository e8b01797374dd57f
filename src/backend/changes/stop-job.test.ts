import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { createSimulatedRay } from '../../testing/harness/simulated-console.ts';
import { uuid } from '../../testing/harness/test-console.ts';

type SimulatedRay = Awaited<ReturnType<typeof createSimulatedRay>>;

let ray: SimulatedRay;
let console: ReturnType<SimulatedRay['start']>;

beforeEach(async () => {
  ray = await createSimulatedRay({ '4c8g': 6, '8c16g': 3 });
  console = ray.start();
  await ray.clock.advance(1_000);
  await console.create('batch', { '4c8g': 2 });
});

afterEach(() => console.close());

const stop = (submissionId: string, clusterId = 'batch') =>
  console.change({ kind: 'stop-job', clusterId, submissionId });
const fault = (kind: string, times: number | null = null) =>
  ray.control('PUT', '/faults', [{ method: 'POST', path: '/api/jobs/*', kind, times }]);

async function runningJob(): Promise<string> {
  const job = await ray.job('batch');
  await ray.clock.advance(5_000);
  return job;
}

const jobsIn = async (id: string) => {
  const usedBy = (await console.fleet()).clusters.find((each) => each.id === id)?.usedBy;
  return usedBy?.known === true ? usedBy.value.jobs.map(({ submissionId }) => submissionId) : null;
};

describe('stopping a job', () => {
  test('is a change like any other: recorded under its cluster, and visible in the fleet', async () => {
    const job = await runningJob();
    expect(await stop(job)).toMatchObject({
      result: { kind: 'applied', seen: 'reply', retries: 0 },
      attempts: 1,
      moved: null,
    });
    await ray.clock.advance(20_000);
    await console.fleet();
    await ray.clock.advance(10_000);
    expect(await jobsIn('batch')).toEqual([]);
    const journal: { changes: { wanted: unknown }[] } = await (
      await console.ask(`${paths.changes}?cluster=batch`)
    ).json();
    expect(journal.changes[0]?.wanted).toEqual({ kind: 'stop-job', clusterId: 'batch', submissionId: job });
  });

  test('that has ended, or that Ray does not know, has no effect', async () => {
    const job = await runningJob();
    await ray.control('POST', `/jobs/${job}/finish`);
    expect((await stop(job)).result).toEqual({ kind: 'already-ended' });
    expect((await stop('raysubmit_nobody')).result).toEqual({ kind: 'not-found' });
  });

  test.each(['loseReply', 'traceback'])(
    "that Ray performed without answering (%s) is settled by Ray's list of jobs",
    async (kind) => {
      const job = await runningJob();
      await fault(kind, 1);
      expect((await stop(job)).result).toMatchObject({ kind: 'applied', seen: 'looked' });
    },
  );

  test.each(['loseRequest', 'html'])(
    'that never arrived (%s) is unknown, and no result is made up for it',
    async (kind) => {
      const job = await runningJob();
      await fault(kind, 1);
      expect((await stop(job)).result).toMatchObject({ kind: 'unknown' });
      const id = console.lastId();
      await ray.control('POST', `/jobs/${job}/finish`);
      expect((await console.known(id)).result).toEqual({ kind: 'already-ended' });
    },
  );

  test('whose job is gone by the time Ray is read again, as in a restarted Ray, may have happened', async () => {
    const job = await runningJob();
    ray.intercept('POST', () => {
      void ray.control('POST', '/restart');
      return new Response('<html>Bad gateway</html>', { status: 502 });
    });
    expect((await stop(job)).result).toMatchObject({ kind: 'unknown' });
    await ray.clock.advance(60_000);
    expect((await console.known(console.lastId())).result).toMatchObject({ kind: 'unknown' });
  });

  test('is sent once, however often it is submitted under one id', async () => {
    const job = await runningJob();
    await Promise.all(
      [1, 1].map(() =>
        console.during(
          console.write('PUT', paths.change(uuid(77)), { kind: 'stop-job', clusterId: 'batch', submissionId: job }),
        ),
      ),
    );
    expect(await console.known(uuid(77))).toMatchObject({ attempts: 1, result: { kind: 'applied' } });
  });

  test('is refused for an invalid submission id', async () => {
    const reply = await console.write('PUT', paths.change(uuid(78)), {
      kind: 'stop-job',
      clusterId: 'batch',
      submissionId: '../x',
    });
    expect(reply.status).toBe(400);
  });
});
