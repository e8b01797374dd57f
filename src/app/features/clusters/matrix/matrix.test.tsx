// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { known } from '../../../../domain/sourced.ts';
import { parseRevision } from '../../../../domain/revision.ts';
import type { VirtualCluster } from '../../../../domain/fleet.ts';
import { templateNodes } from '../../../../testing/harness/template-nodes.ts';
import { createDraftStore } from '../../../drafts/draft-store.ts';
import { stubMediaQueries } from '../../../testing/browser-stubs.ts';
import { scriptedApi, ScriptedPage, scriptedParts, scriptedSession } from '../../../testing/scripted-api.tsx';
import { readListQuery } from '../list-query.ts';
import { Matrix } from './matrix.tsx';

/** What every screen may have, in DOM elements, with what stands around the matrix. */
const MOST = 2_500;

beforeEach(() => {
  stubMediaQueries(true);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(2_528);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(1_300);
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function renderMatrix(templates: number, clusterCount: number, prefix = 't', search = '?view=matrix') {
  const revision = parseRevision('1734141542694433731');
  if (revision === null) throw new Error('not a revision');
  const rows: readonly VirtualCluster[] = Array.from({ length: clusterCount }, (_, index) => ({
    id: `team-${String(index)}`,
    divisible: false,
    revision,
    templates: Array.from({ length: templates }, (_each, at) =>
      templateNodes(`${prefix}${String(at)}`, 1 + ((index + at) % 7)),
    ),
    usedBy: known({ jobClusters: [], jobs: [] }, 'actors'),
  }));
  const pool = { templates: [], jobClusters: known([], 'list') };
  const query = readListQuery(search);
  const clusters = new Map(rows.map((each) => [each.id, each]));
  const { parts } = scriptedParts(scriptedApi({ session: () => Promise.resolve(scriptedSession()) }), () => 'id');
  return render(
    <ScriptedPage parts={parts} drafts={createDraftStore(null)}>
      <Matrix
        {...{ rows, clusters, pool, query, chosen: 'held', selectedId: null, hasSquares: false }}
        change={() => undefined}
      />
    </ScriptedPage>,
  );
}

test('1,000 virtual clusters by 20 templates: a large screen holds the cells in sight, and says how many there are', () => {
  const { container } = renderMatrix(20, 1_000);
  const grid = screen.getByRole('grid');
  expect(grid.getAttribute('aria-rowcount')).toBe('1001');
  expect(grid.getAttribute('aria-colcount')).toBe('22');
  expect(screen.getAllByRole('row').length).toBeGreaterThan(50);
  // The overview, its side and the bar take the rest.
  expect(container.querySelectorAll('*').length).toBeLessThanOrEqual(MOST - 600);
});

test('scrolled sideways, the usual number of templates draws nothing new; of very many only those in sight are there', () => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1_000);
  renderMatrix(20, 5);
  expect(screen.getAllByRole('columnheader')).toHaveLength(22);
  expect(screen.getByRole('grid').dataset['whole']).toBe('true');
  cleanup();
  renderMatrix(60, 5);
  expect(screen.getAllByRole('columnheader').length).toBeLessThan(20);
  // They would take the room of those out of sight.
  expect(screen.getByRole('grid').dataset['whole']).toBe('false');
});

test("a template's long name has a second line at the signs between its parts, and its head says all of it", () => {
  renderMatrix(1, 2, 'gpu_a100_80g.');
  const head = screen.getByRole('columnheader', { name: /^gpu_a100_80g\.0/ });
  expect(head.querySelectorAll('wbr')).toHaveLength(3);
  expect(head.title).toContain('gpu_a100_80g.0');
});

test('where counts can not be typed, the hint names the reason that applies, and not another one', () => {
  renderMatrix(2, 2, 't', '?view=matrix&count=idle');
  expect(screen.getByText('Counts can be typed under “Held” only.')).toBeDefined();
  cleanup();
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(400);
  renderMatrix(2, 2);
  expect(screen.getByText('Counts can be typed on a wider screen only.')).toBeDefined();
});
