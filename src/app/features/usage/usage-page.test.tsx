// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { UsageReply, UsageSummary } from '../../../contract/usage.ts';
import { ApiError } from '../../api/api-error.ts';
import { createDraftStore } from '../../drafts/draft-store.ts';
import { stubMediaQueries } from '../../testing/browser-stubs.ts';
import { clusterOf, poolOf } from '../../testing/cluster-fixture.ts';
import {
  scriptedApi,
  scriptedFleet,
  ScriptedPage,
  scriptedParts,
  scriptedSession,
} from '../../testing/scripted-api.tsx';
import { UsagePage } from './usage-page.tsx';

const none = { clusterId: null, templateId: null, held: [], used: [], usedMax: [], reserved: [], dead: [] };
const empty = {
  from: 0,
  to: 60_000,
  known: 0,
  simulatedUntil: null,
  step: 60_000,
  causes: [],
  total: none,
  series: [],
  others: null,
  free: [],
  load: null,
} satisfies UsageReply;
const noRows = { from: 0, to: 60_000, known: 0, simulatedUntil: null, rows: [], free: [] } satisfies UsageSummary;
const idleRow = {
  clusterId: 'new',
  templateId: '4c8g',
  exists: true,
  known: 1,
  heldHours: 1,
  usedHours: 0,
  reservedHours: 0,
  idleHours: 1,
  deadHours: 0,
  held: 6,
  peakUsed: 0,
  neverNeeded: 6,
  seenMinutes: 10,
  idleSince: null,
};

function show(answer: (path: string) => unknown) {
  const asked: { readonly path: string; readonly query: object }[] = [];
  const api = scriptedApi({
    session: () => Promise.resolve(scriptedSession()),
    fleet: () => Promise.resolve(scriptedFleet([clusterOf({})], poolOf({ '4c8g': 1, head: 1 }), 'e-1')),
    async read(path, query, schema) {
      asked.push({ path, query });
      await Promise.resolve();
      return schema.parse(answer(path));
    },
  });
  render(
    <ScriptedPage parts={scriptedParts(api, () => 'id').parts} drafts={createDraftStore(null)}>
      <UsagePage />
    </ScriptedPage>,
  );
  return asked;
}

beforeEach(() => stubMediaQueries(false));
afterEach(cleanup);

test('before the first sample it says so, and draws nothing', async () => {
  window.history.replaceState(null, '', '/usage?range=24h&template=4c8g');
  const asked = show((path) => (path.endsWith('summary') ? noRows : empty));
  expect(await screen.findByText(/Nothing is recorded in this range yet/)).toBeTruthy();
  expect(await screen.findByText('No virtual cluster held a node in this range.')).toBeTruthy();
  expect(screen.queryByRole('slider')).toBeNull();
  const day = 24 * 3_600_000;
  for (const { query } of asked) expect(query).toMatchObject({ template: '4c8g' });
  for (const { query } of asked) {
    const { from, to } = { from: 0, to: 0, ...query };
    expect(to - from).toBeGreaterThanOrEqual(day);
    expect(to - from).toBeLessThan(day + 5 * 60_000);
  }
});

test('it says since when the node-hours are counted, of days that it is a midnight UTC, and asks for the chart since then', async () => {
  window.history.replaceState(null, '', '/usage?range=7d');
  const day = 24 * 3_600_000;
  const rows = [{ ...idleRow, clusterId: 'a' }];
  const asked = show((path) => (path.endsWith('summary') ? { ...noRows, to: 7.5 * day, rows } : empty));
  expect(await screen.findByText(/^Node-hours since .+ \(midnight UTC\), as in the chart/)).toBeTruthy();
  const [chart, summary] = asked.map(({ query }) => ({ from: 1, ...query }).from);
  expect(chart).toBe(summary);
  expect((chart ?? 1) % day).toBe(0);
});

test('that a console records no usage is no alarm, and nothing to try again', async () => {
  window.history.replaceState(null, '', '/usage');
  show(() => {
    throw new ApiError('problem', 'usage-off', 'This console keeps no usage.');
  });
  expect(await screen.findByText(/The console records no usage/)).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});

test('why it can not be read is said once, with a button that tries again', async () => {
  window.history.replaceState(null, '', '/usage');
  let fails = true;
  show((path) => {
    if (fails) throw new ApiError('unreachable', 'unreachable', 'The console did not answer.');
    return path.endsWith('summary') ? noRows : empty;
  });
  expect((await screen.findByRole('alert')).textContent).toContain("Usage can't be read: The console did not answer.");
  fails = false;
  screen.getByRole('button', { name: 'Try again' }).click();
  expect(await screen.findByText(/Nothing is recorded in this range yet/)).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('of what was seen for ten minutes only it says so, in the list and in the table', async () => {
  window.history.replaceState(null, '', '/usage');
  const to = 7 * 24 * 3_600_000;
  const rows = [idleRow, { ...idleRow, clusterId: 'old', seenMinutes: 10_080 }];
  show((path) => (path.endsWith('summary') ? { ...noRows, to, rows } : empty));
  expect(await screen.findByText('6 of 6 4c8g never needed in the 10 min seen')).toBeTruthy();
  expect(screen.getByText('6 of 6 4c8g never needed')).toBeTruthy();
  expect(screen.getByTitle('seen for 10 min of this range').textContent).toBe('6 *');
});
