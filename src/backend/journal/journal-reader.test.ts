import { describe, expect, test } from 'vitest';
import type { Change } from '../../contract/change.ts';
import { changeList } from '../../contract/journal.ts';
import { paths } from '../../contract/paths.ts';
import { problem } from '../../contract/problem.ts';
import { MAX_TEMPLATES, replicaSetsOf } from '../../domain/replica-sets.ts';
import { applied, recordOf } from '../../testing/harness/change-log-contract.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { createScriptedRay } from '../../testing/harness/scripted-ray.ts';
import { createTestConsole, uuid } from '../../testing/harness/test-console.ts';
import { createTurns } from '../concurrency/turns.ts';
import type { ChangeLog, StoredRow } from './change-log.ts';
import { createInMemoryChangeLog } from './in-memory-change-log.ts';
import { createJournalReader, PIECE_BYTES } from './journal-reader.ts';

/** A page with everything around it. */
const MAX_BYTES = 330_000;
const templates = (count: number) =>
  replicaSetsOf(
    Array.from({ length: count }, (_, n) => [`template-number-${String(n).padStart(24, '0')}`, 1] as const),
  );
/** Of the largest size that a change may have, and of one from before changes were bounded. */
const LARGEST = templates(MAX_TEMPLATES);
const ENORMOUS = templates(20_000);

/** A log with a change for each of these, and what was read of it: the bytes of each turn. */
async function withSaves(wants: readonly Readonly<Record<string, number>>[]) {
  const clock = createHandClock();
  const log = createInMemoryChangeLog({ clock, days: 400, most: 5_000 });
  for (const [index, want] of wants.entries()) {
    const wanted = { kind: 'save', clusterId: 'vc', divisible: false, base: null, want } as const;
    await log.add(recordOf(uuid(index + 1), { wanted, result: applied, who: index % 2 === 0 ? 'even' : 'odd' }));
  }
  const turns: { rows: number; bytes: number }[] = [];
  const sizes = new Map<number, number>();
  const noted = <T extends { readonly rows: readonly StoredRow[] }>(found: T): T => {
    for (const row of found.rows) sizes.set(row.number, row.bytes);
    turns.push({ rows: found.rows.length, bytes: 0 });
    return found;
  };
  const counted: ChangeLog = {
    ...log,
    find: async (query, page) => noted(await log.find(query, page)),
    findFrom: async (query, start, limit) => noted(await log.findFrom(query, start, limit)),
    read(numbers) {
      turns.push({ rows: numbers.length, bytes: numbers.reduce((sum, n) => sum + (sizes.get(n) ?? 0), 0) });
      return log.read(numbers);
    },
  };
  let yields = 0;
  const reader = createJournalReader({ changeLog: counted, inTurn: createTurns(async () => void (yields += 1)).run });
  return { clock, log, reader, turns, yields: () => yields };
}

describe('a page of the journal', () => {
  test('ends early when its changes are large, and says where to go on', async () => {
    const { reader, turns, yields } = await withSaves(Array.from({ length: 100 }, () => LARGEST));
    const seen: string[] = [];
    for (let offset: number | null = 0; offset !== null;) {
      const page = await reader.page({}, offset);
      expect(JSON.stringify(page).length).toBeLessThan(MAX_BYTES);
      expect(page.changes.length).toBeGreaterThan(10);
      seen.push(...page.changes.map(({ id }) => id));
      offset = page.next;
    }
    expect(seen).toEqual(Array.from({ length: 100 }, (_, n) => uuid(100 - n)));
    expect(Math.max(...turns.map(({ bytes }) => bytes))).toBeLessThanOrEqual(PIECE_BYTES);
    expect(yields()).toBe(turns.length);
  });

  test('shows changes cut that are too large for one, each in a turn of its own', async () => {
    const { reader, turns } = await withSaves([LARGEST, ...Array.from({ length: 30 }, () => ENORMOUS), LARGEST]);
    const page = await reader.page({}, 0);
    expect(JSON.stringify(page).length).toBeLessThan(MAX_BYTES);
    expect(page.changes.length).toBeGreaterThan(10);
    expect(page.changes[1]).toMatchObject({ id: uuid(31), wanted: { want: {} }, cut: expect.any(Number) });
    expect(page.changes[0]?.cut).toBeUndefined();
    expect(page.next).toBe(page.changes.length);
    expect(turns.filter(({ bytes }) => bytes > PIECE_BYTES).every(({ rows }) => rows === 1)).toBe(true);
  });

  test('of small changes has a hundred, and the last one no next', async () => {
    const { reader } = await withSaves(Array.from({ length: 150 }, () => ({ '4c8g': 1 })));
    const first = await reader.page({}, 0);
    expect([first.changes.length, first.next]).toEqual([100, 100]);
    const last = await reader.page({}, 100);
    expect([last.changes.length, last.next, last.total]).toEqual([50, null, 150]);
    expect(await reader.page({ who: 'nobody' }, 0)).toMatchObject({ changes: [], next: null, total: 0 });
    expect(await reader.page({}, 150)).toMatchObject({ changes: [], next: null, total: 150 });
  });
});

describe('the export', () => {
  async function exported(lines: AsyncIterable<string>): Promise<readonly string[]> {
    const pieces: string[] = [];
    for await (const piece of lines) pieces.push(piece);
    return pieces;
  }

  test('has everything whole, in bounded pieces, and gives others their turn before each', async () => {
    const { reader, turns, yields } = await withSaves([
      ...Array.from({ length: 40 }, () => LARGEST),
      ENORMOUS,
      ...Array.from({ length: 10 }, () => ({ '4c8g': 1 })),
    ]);
    const pieces = await exported(reader.export({}));
    const changes: Change[] = pieces.flatMap((piece) =>
      piece
        .trimEnd()
        .split('\n')
        .map((line): Change => JSON.parse(line)),
    );
    expect(changes.map(({ id }) => id)).toEqual(Array.from({ length: 51 }, (_, n) => uuid(n + 1)));
    expect(changes[40]?.wanted).toMatchObject({ want: ENORMOUS });
    expect(pieces.filter((piece) => piece.length > PIECE_BYTES + 100)).toHaveLength(1);
    expect(Math.max(...turns.map(({ bytes }) => bytes))).toBeLessThanOrEqual(PIECE_BYTES);
    // One more for the enormous change, which is not decoded.
    expect(yields()).toBe(turns.length + 1);
  });

  test('looks at no more than a thousand changes in a turn, whether they match or not', async () => {
    const { reader, turns } = await withSaves(Array.from({ length: 2_500 }, () => ({ '4c8g': 1 })));
    expect(await exported(reader.export({ who: 'nobody' }))).toEqual([]);
    expect(turns).toHaveLength(3);
    expect((await exported(reader.export({ who: 'odd' }))).join('').trimEnd().split('\n')).toHaveLength(1_250);
    expect(Math.max(...turns.map(({ rows }) => rows))).toBeLessThanOrEqual(1_000);
  });
});

describe('over HTTP', () => {
  async function consoleOver(wants: readonly Readonly<Record<string, number>>[]) {
    const { log, clock } = await withSaves(wants);
    return createTestConsole({ ray: createScriptedRay(clock), clock, store: log });
  }

  test('no request for the journal is answered by more than a page’s bytes', async () => {
    const console = await consoleOver([...Array.from({ length: 60 }, () => LARGEST), ENORMOUS, ENORMOUS]);
    for (const path of [
      paths.changes,
      `${paths.changes}?cluster=vc`,
      `${paths.changes}?offset=2`,
      paths.change(uuid(62)),
    ]) {
      const text = await (await console.ask(path)).text();
      expect([path, text.length < MAX_BYTES]).toEqual([path, true]);
    }
    const { changes, next } = changeList.parse(await (await console.ask(paths.changes)).json());
    expect(next).toBe(changes.length);
    await console.close();
  });

  test('a person has two exports at once, and another one when one has ended or was left', async () => {
    const console = await consoleOver(Array.from({ length: 20 }, () => LARGEST));
    const start = () => console.ask(paths.changesExport);
    const [one, two] = [await start(), await start()];
    const refused = await start();
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '10']);
    expect(problem.parse(await refused.json()).problem).toBe('too-many-exports');
    await one.body?.cancel();
    const three = await start();
    expect(three.status).toBe(200);
    expect((await start()).status).toBe(429);
    expect((await two.text()).trimEnd().split('\n')).toHaveLength(20);
    expect((await start()).status).toBe(200);
    // Nobody reads the body of a HEAD.
    for (let n = 0; n < 5; n++) {
      const head = await console.ask(paths.changesExport, { method: 'HEAD' });
      expect([head.status, head.headers.get('Content-Type')]).toEqual([200, 'application/jsonl; charset=utf-8']);
    }
    await three.body?.cancel();
    await console.close();
  });
});
