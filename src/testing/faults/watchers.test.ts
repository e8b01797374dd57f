import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createSimulatedRay } from '../harness/simulated-console.ts';
import { fleetUpdate } from '../../contract/fleet.ts';
import { paths } from '../../contract/paths.ts';
import { createHttpServer } from '../../server/http/http-server.ts';
import { listen } from '../../server/http/listen.ts';

const CHANGES = 20;

/** One reader of the stream, and what it holds: each virtual cluster's revision. */
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
    async leave() {
      await stream.cancel();
      await ended;
    },
  };
}

/** A Ray, a console with so many readers, and twenty changes past it; what each holds at the end, and how often Ray was read meanwhile. */
async function crowd(count: number) {
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

test('200 browsers watch: each ends on what Ray has, Ray is read as for one, and nothing is left over when they leave', async () => {
  const one = await crowd(1);
  await Promise.all(one.readers.map((each) => each.leave()));
  await one.console.close();

  const { ray, console, readers, silent, idle, reads } = await crowd(200);
  expect(reads).toBeLessThanOrEqual(one.reads + 2);
  const { clusters, version } = await console.fleet();
  expect(clusters).toHaveLength(CHANGES);
  const truth = Object.fromEntries(clusters.map(({ id, revision }) => [id, revision]));
  for (const each of readers) expect([each.version(), each.held()]).toEqual([version, truth]);

  await Promise.all(readers.map((each) => each.leave()));
  await silent.body?.cancel();
  await ray.clock.advance(60_000);
  expect(ray.clock.waiting()).toBeLessThanOrEqual(idle);
  await console.close();
});

test('a browser that never reads its stream is kept nothing for: when it reads on, it gets all that moved at once', async () => {
  const { console, readers, silent } = await crowd(1);
  const late = reader(silent);
  await expect.poll(() => late.version()).toBe(readers[0]?.version());
  expect(late.held()).toEqual(readers[0]?.held());
  expect(Object.keys(late.held())).toHaveLength(CHANGES);
  await Promise.all([...readers, late].map((each) => each.leave()));
  await console.close();
});

test('what nobody takes from a connection stays where it comes from: it is not heaped up on the way', async () => {
  const PART = 65_536;
  let made = 0;
  const server = createHttpServer(() =>
    Promise.resolve(
      new Response(
        new ReadableStream<Uint8Array>(
          {
            pull(controller) {
              made += PART;
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
  // It goes on until the machine's own buffers are full, and then no more.
  let before = -1;
  await expect
    .poll(
      () => {
        const isStill = made > 0 && made === before;
        before = made;
        return isStill;
      },
      { interval: 300, timeout: 10_000 },
    )
    .toBe(true);
  expect(made).toBeLessThan(64 * 1024 * 1024);
  socket.destroy();
  server.closeAllConnections();
  server.close();
});
