import { describe, expect, test } from 'vitest';
import { fleetUpdate, type FleetUpdate } from '../../contract/fleet.ts';
import { mapUpdate } from '../../contract/map.ts';
import { nodePage } from '../../contract/nodes.ts';
import { paths } from '../../contract/paths.ts';
import { consolePerTest } from '../../testing/harness/test-console.ts';

const on = consolePerTest({ '4c8g': 2 });

const sources = ['list', 'state', 'liveness', 'summary', 'actors', 'jobs'] as const;

function setAway(isAway: boolean) {
  for (const name of sources) on.ray.failing[name] = isAway ? 'unreachable' : null;
}

/** The whole fleet, as a page gets it that is opened now. */
async function opened(): Promise<FleetUpdate> {
  return fleetUpdate.parse(await on.console.fleet());
}

describe('while Ray is away', () => {
  test('what was known last stands with its time beside what is unknown, in a page opened now too', async () => {
    const before = await opened();
    expect(before.clusters[0]?.templates[0]).toMatchObject({ dead: { known: true, value: 0 } });
    const readAt = before.sources.liveness.readAt;
    setAway(true);
    await on.clock.advance(30_000);
    const { clusters, pool, nodeCounts, sources: health } = await opened();
    expect(clusters[0]?.templates[0]).toMatchObject({
      dead: { known: false, reason: 'unreachable', last: { value: 0, at: health.liveness.readAt } },
    });
    expect(health.liveness.readAt).toBeGreaterThanOrEqual(readAt ?? Number.NaN);
    expect(clusters[0]?.usedBy).toMatchObject({ known: false, last: { value: { jobs: [], jobClusters: [] } } });
    expect(nodeCounts.total).toMatchObject({ known: false, last: { value: 2 } });
    expect(nodeCounts.dead).toMatchObject({ known: false, last: { value: 0 } });
    expect(pool?.templates[0]?.alive).toMatchObject({ known: false, last: { value: 2 } });
  });

  test('nodes are told and drawn as they were known last, with the time, and are current again once Ray is back', async () => {
    const nodes = async () => nodePage.parse(await (await on.console.ask(paths.nodes)).json());
    const cells = async () =>
      mapUpdate.parse(await (await on.console.ask(paths.map)).json()).sections.map((section) => section.cells);
    await opened();
    const before = { nodes: await nodes(), cells: await cells() };
    expect(before.nodes.lastKnownAt).toBeUndefined();
    setAway(true);
    await on.clock.advance(30_000);
    const { sources: health } = await opened();
    const { nodes: rows, lastKnownAt } = await nodes();
    expect(rows).toEqual(before.nodes.nodes);
    expect(lastKnownAt).toBe(health.liveness.readAt);
    expect(await cells()).toEqual(before.cells);
    setAway(false);
    await on.clock.advance(60_000);
    expect((await nodes()).lastKnownAt).toBeUndefined();
  });

  test('is not said of a Ray of which one source only is out of reach', async () => {
    await opened();
    on.ray.failing.summary = 'unreachable';
    await on.clock.advance(60_000);
    const page = nodePage.parse(await (await on.console.ask(paths.nodes)).json());
    expect(page.lastKnownAt).toBeUndefined();
  });

  test('that makes one version, however long it lasts, and is gone once Ray is back', async () => {
    await opened();
    setAway(true);
    await on.clock.advance(30_000);
    const away = await opened();
    expect(JSON.stringify(away)).toContain('"last"');
    await on.clock.advance(60_000);
    expect((await opened()).version).toBe(away.version);
    setAway(false);
    await on.clock.advance(60_000);
    expect(JSON.stringify(await opened())).not.toContain('"last"');
  });

  test('another Ray has nothing of what was known of the one before', async () => {
    await opened();
    setAway(true);
    await on.clock.advance(30_000);
    expect(JSON.stringify(await opened())).toContain('"last"');
    setAway(false);
    on.ray.failing.liveness = 'failed';
    on.ray.failing.summary = 'failed';
    on.ray.failing.state = 'failed';
    on.ray.sessionName = 'session_2';
    await on.clock.advance(60_000);
    expect(JSON.stringify(await opened())).not.toContain('"last"');
  });

  test('each source says when it is read next; none does once it can be read', async () => {
    await opened();
    setAway(true);
    await on.clock.advance(30_000);
    const { sources: health, now } = await opened();
    expect(health.list.nextReadAt).toBeGreaterThan(now - 1);
    expect(health.list.nextReadAt).toBeLessThanOrEqual(now + 3_000);
    expect(health.identity.nextReadAt).toBeUndefined();
    setAway(false);
    await on.clock.advance(60_000);
    expect((await opened()).sources.list.nextReadAt).toBeUndefined();
  });

  test('a stream tells of every failed read of the list, with the next try, without a new version', async () => {
    await opened();
    setAway(true);
    await on.clock.advance(30_000);
    const reply = await on.console.ask(`${paths.fleetEvents}?since=${(await opened()).version}`);
    const events = collect(reply);
    await on.clock.advance(9_500);
    const updates = events().map((json) => fleetUpdate.parse(JSON.parse(json)));
    const tries = [...new Set(updates.map(({ sources: { list } }) => list.nextReadAt))];
    expect(tries.length).toBeGreaterThanOrEqual(3);
    expect(new Set(updates.map(({ version }) => version)).size).toBe(1);
    await reply.body?.cancel().catch(() => undefined);
  });
});

describe('trying now', () => {
  test('reads at once what fails, and nothing that can be read', async () => {
    await opened();
    setAway(true);
    on.ray.failing.jobs = null;
    await on.clock.advance(30_000);
    setAway(false);
    const { read } = on.ray;
    const asked: string[] = [];
    on.ray.read = (name, options) => {
      asked.push(name);
      return read(name, options);
    };
    const reply = await on.console.during(on.console.write('POST', paths.fleetRead, {}));
    expect(reply.status).toBe(204);
    expect(asked).toContain('list');
    expect((await opened()).sources.list.failure).toBeNull();
  });

  test('asks Ray at most once a second, however many press', async () => {
    await opened();
    setAway(true);
    await on.clock.advance(30_000);
    let reads = 0;
    const { read } = on.ray;
    on.ray.read = (name, options) => {
      if (name === 'list') reads += 1;
      return read(name, options);
    };
    const pressing = Array.from({ length: 64 }, () => on.console.write('POST', paths.fleetRead, {}));
    await on.clock.advance(900);
    expect(reads).toBeLessThanOrEqual(1);
    await on.clock.advance(2_000);
    for (const reply of await Promise.all(pressing)) expect(reply.status).toBe(204);
    // Two for those who pressed, and the scheduled one.
    expect(reads).toBeLessThanOrEqual(3);
  });

  test.each(['too-large', 'not-offered'] as const)(
    'does not repeat a read that Ray pays dearly for: %s',
    async (reason) => {
      await opened();
      on.ray.failing.list = reason;
      await on.clock.advance(30_000);
      let reads = 0;
      const { read } = on.ray;
      on.ray.read = (name, options) => {
        if (name === 'list') reads += 1;
        return read(name, options);
      };
      expect((await on.console.write('POST', paths.fleetRead, {})).status).toBe(204);
      expect(reads).toBe(0);
    },
  );
});

/** The data of the events that a stream has brought so far. */
function collect(reply: Response): () => readonly string[] {
  let text = '';
  const decoder = new TextDecoder();
  const read = async () => {
    const stream = reply.body?.getReader();
    for (;;) {
      const part = await stream?.read();
      if (part === undefined || part.done) return;
      text += decoder.decode(part.value, { stream: true });
    }
  };
  void read();
  return () => [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => json ?? '');
}
