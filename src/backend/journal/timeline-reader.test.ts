import { expect, test } from 'vitest';
import type { TimelineEntry, TimelineQuery } from '../../contract/timeline.ts';
import { recordOf } from '../../testing/harness/change-log-contract.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { died } from '../../testing/harness/observation-log-contract.ts';
import { seededRandom } from '../../testing/harness/seeded-random.ts';
import { editOf } from '../../testing/harness/profile-log-contract.ts';
import { createInMemoryProfileLog } from './in-memory-profile-log.ts';
import { createInMemoryChangeLog } from './in-memory-change-log.ts';
import { createInMemoryObservationLog } from './observation-log.ts';
import { createJournalReader } from './journal-reader.ts';
import { createTimelineReader, parseCursor } from './timeline-reader.ts';

const START = 1_800_000_000_000;

function setUp() {
  const clock = createHandClock(START);
  const changeLog = createInMemoryChangeLog({ clock, days: 400, most: 10_000 });
  const observations = createInMemoryObservationLog({ clock, days: 30, most: 10_000 });
  const inTurn = <T>(task: () => Promise<T>) => task();
  const journal = createJournalReader({ changeLog, inTurn });
  const profileLog = createInMemoryProfileLog({ clock, days: 400, mostEdits: { perCluster: 1_000, inAll: 1_000 } });
  const timeline = createTimelineReader({ journal, changeLog, observations, profileLog, inTurn });
  const change = (id: string, at: number) => changeLog.add(recordOf(id, { askedAt: at }));
  let version = 0;
  /** Somebody sets the owner of `vc`. */
  const edit = async (at: number) => {
    const outcome = await profileLog.put(editOf(`owner at ${String(at)}`, { at }), version);
    if (outcome.kind === 'set') version = outcome.record.version;
    return `edit-${String(version)}`;
  };
  return { changeLog, observations, timeline, change, edit };
}

function nameOf(entry: TimelineEntry): string {
  switch (entry.type) {
    case 'change':
      return entry.change.id;
    case 'edit':
      return `edit-${String(entry.edit.version)}`;
    case 'seen':
      return entry.seen.id;
  }
}

/** The entries over all pages, as ids; `between` runs before each further page. */
async function allOf(
  timeline: ReturnType<typeof setUp>['timeline'],
  query: TimelineQuery = {},
  between: () => Promise<unknown> = () => Promise.resolve(),
) {
  const ids: string[] = [];
  let next: string | null = null;
  do {
    const page = await timeline.page(query, next === null ? null : parseCursor(next));
    ids.push(...page.entries.map(nameOf));
    next = page.next;
    await between();
  } while (next !== null);
  return ids;
}

test('changes, owners and what was seen come merged by time, each once over all pages, whatever is added meanwhile', async () => {
  const { timeline, change, edit, observations } = setUp();
  const random = seededRandom(7);
  const expected: string[] = [];
  let seen = 0;
  for (let at = 0; at < 450; at++) {
    const kind = random();
    if (kind < 0.2) expected.push(await edit(START + at));
    else if (kind < 0.5) {
      await change(`change-${String(at)}`, START + at);
      expected.push(`change-${String(at)}`);
    } else {
      await observations.add([died(START + at)]);
      expected.push(`seen-${String((seen += 1))}`);
    }
  }
  let added = 0;
  const add = async () => {
    added += 1;
    await change(`late-${String(added)}`, START + 1_000);
    await edit(START + 1_000);
    await observations.add([died(START + 1_000)]);
  };
  expect(await allOf(timeline, {}, add)).toEqual(expected.toReversed());
  expect(added).toBeGreaterThan(4);
  let exported = '';
  for await (const piece of timeline.export({ until: START + 1_000 })) exported += piece;
  const parsed: { change?: { id: string }; edit?: { version: number }; seen?: { id: string } }[] = exported
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(parsed.map(({ change, edit, seen }) => change?.id ?? seen?.id ?? `edit-${String(edit?.version)}`)).toEqual(
    expected,
  );
});

test('an outcome is of changes only, a person also of edits of owners; kinds choose between these and what was seen', async () => {
  const { timeline, change, edit, observations } = setUp();
  await change('1', START);
  await observations.add([died(START + 1), { at: START + 2, what: { kind: 'ray-restarted' } }]);
  expect(await allOf(timeline)).toEqual(['seen-2', 'seen-1', '1']);
  expect(await allOf(timeline, { who: recordOf('x', {}).change.who })).toEqual(['1']);
  expect(await allOf(timeline, { outcome: ['shortage'] })).toEqual([]);
  expect(await allOf(timeline, { kinds: ['changes', 'died'] })).toEqual(['seen-1', '1']);
  expect(await allOf(timeline, { kinds: ['seen'] })).toEqual(['seen-2', 'seen-1']);
  const set = await edit(START + 3);
  expect(await allOf(timeline)).toEqual([set, 'seen-2', 'seen-1', '1']);
  expect(await allOf(timeline, { who: 'somebody' })).toContain(set);
  expect(await allOf(timeline, { cluster: 'vc', kinds: ['changes'] })).toContain(set);
  expect(await allOf(timeline, { cluster: 'other' })).not.toContain(set);
  expect(await allOf(timeline, { outcome: ['applied'] })).not.toContain(set);
  expect(await allOf(timeline, { kinds: ['died'] })).toEqual(['seen-1']);
});

test('a page may be asked to be short, and goes on where it ended', async () => {
  const { timeline, change, observations } = setUp();
  for (let at = 0; at < 4; at++) {
    await change(`change-${String(at)}`, START + 2 * at);
    await observations.add([died(START + 2 * at + 1)]);
  }
  const first = await timeline.page({}, null, 3);
  expect(first.entries.map(({ at }) => at - START)).toEqual([7, 6, 5]);
  const second = await timeline.page({}, parseCursor(first.next ?? ''), 10);
  expect(second.entries.map(({ at }) => at - START)).toEqual([4, 3, 2, 1, 0]);
  expect(second.next).toBeNull();
});

test.each(['', 'x', '1', '1.2.', '-1..', '-1...', '1.2.3.4.5', '1.2..3'])('%j is no cursor', (text) => {
  expect(parseCursor(text)).toBe(null);
});
