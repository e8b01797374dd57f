import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createSimulatedRay } from '../harness/simulated-console.ts';
import { fleetUpdate } from '../../contract/fleet.ts';
import { paths } from '../../contract/paths.ts';
import { createHttpServer } from '../../server/http/http-server.ts';
import { listen } from '../../server/http/listen.ts';

const CHANGES = 20;

/** A reader of the event stream that keeps the revision of each virtual cluster. */
function reader(reply: Response) {
  const held = new Map<string, string>();
  let version = '';
  let rest = '';
  const stream = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (stream === undefined) throw new Error('no stream');
  const read = async () => {
    for (;;) {
      const { done, value } = await stream.read();
      if (done) return;
      const parts = (rest + value).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const data = /^data: (.*)$/m.exec(part)?.[1];
        if (data === undefined) continue;
        const update = fleetUpdate.parse(JSON.parse(data));
        version = update.version;
        if (update.whole) held.clear();
        for (const { id, revision } of update.clusters) held.set(id, revision);
        for (const id of update.removed) held.delete(id);
      }
    }
  };
  const ended = read();
  return {
    held: () => Object.fromEntries(held),
    version: () => version,
    async close() {
      await stream.cancel();
      await ended;
    },
  };
}

/** Runs a console with `count` readers through twenty changes past it, and counts the reads of Ray meanwhile. */
async function runWatchers(count: number) {
  const ray = await createSimulatedRay({ '4c8g': 30 });
  let reads = 0;
  ray.intercept('GET', () => {
    reads += 1;
    return null;
  });
  const console = ray.start();
  await ray.clock.advance(5_000);
  const idle = ray.clock.waiting();
  const silent = await console.ask(paths.fleetEvents);
  const readers = await Promise.all(
    Array.from({ length: count }, async () => reader(await console.ask(paths.fleetEvents))),
  );
  await ray.clock.advance(5_000);
  const before = reads;
  for (let change = 0; change < CHANGES; change += 1) {
    await ray.script('POST', '/virtual_clusters', {
      virtualClusterId: `c${String(change)}`,
      divisible: false,
      replicaSets: { '4c8g': 1 },
    });
    await ray.clock.advance(3_000);
  }
  await ray.clock.advance(10_000);
  return { ray, console, readers, silent, idle, reads: reads - before };
}

test('200 browsers watch: each ends on Ray’s state, Ray is read as often as for one, and nothing leaks when they leave', async () => {
  const one = await runWatchers(1);
  await Promise.all(one.readers.map((each) => each.close()));
  await one.console.close();

  const { ray, console, readers, silent, idle, reads } = await runWatchers(200);
  expect(reads).toBeLessThanOrEqual(one.reads + 2);
  const { clusters, version } = await console.fleet();
  expect(clusters).toHaveLength(CHANGES);
  const expected = Object.fromEntries(clusters.map(({ id, revision }) => [id, revision]));
  for (const each of readers) expect([each.version(), each.held()]).toEqual([version, expected]);

  await Promise.all(readers.map((each) => each.close()));
  await silent.body?.cancel();
  await ray.clock.advance(60_000);
  expect(ray.clock.waiting()).toBeLessThanOrEqual(idle);
  await console.close();
});

test('nothing is buffered for a browser that stops reading its stream: when it reads again, it gets every change in one update', async () => {
  const { console, readers, silent } = await runWatchers(1);
  const late = reader(silent);
  await expect.poll(() => late.version()).toBe(readers[0]?.version());
  expect(late.held()).toEqual(readers[0]?.held());
  expect(Object.keys(late.held())).toHaveLength(CHANGES);
  await Promise.all([...readers, late].map((each) => each.close()));
  await console.close();
});

test('a body that the client does not read is not buffered on the way', async () => {
  const PART = 65_536;
  let produced = 0;
  const server = createHttpServer(() =>
    Promise.resolve(
      new Response(
        new ReadableStream<Uint8Array>(
          {
            pull(controller) {
              produced += PART;
              controller.enqueue(new Uint8Array(PART));
            },
          },
          { highWaterMark: 2 },
        ),
        { headers: { 'Content-Type': 'text/event-stream' } },
      ),
    ),
  );
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  const socket = connect(listening.port, '127.0.0.1');
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  // The body is pulled until the system's socket buffers are full, and no further.
  let before = -1;
  await expect
    .poll(
      () => {
        const isStill = produced > 0 && produced === before;
        before = produced;
        return isStill;
      },
      { interval: 300, timeout: 10_000 },
    )
    .toBe(true);
  expect(produced).toBeLessThan(64 * 1024 * 1024);
  socket.destroy();
  server.closeAllConnections();
  server.close();
});
