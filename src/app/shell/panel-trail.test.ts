import { expect, test } from 'vitest';
import type { ClusterPanel } from '../routing/routes.ts';
import { extendTrail, returnFocusOf, type PanelTrail } from './panel-trail.ts';

const view: ClusterPanel = { kind: 'view', clusterId: 'ci' };
const edit: ClusterPanel = { kind: 'edit', clusterId: 'ci' };
const other: ClusterPanel = { kind: 'view', clusterId: 'serving' };
const create: ClusterPanel = { kind: 'create' };

function after(...steps: readonly (ClusterPanel | null)[]): PanelTrail {
  return steps.reduce<PanelTrail>(extendTrail, []);
}

test.each([
  ['from the panel, to its button', [null, view, edit, view], 'edit-button'],
  ['from a row’s menu, to the row', [null, edit, view], 'row'],
  ['from a link, to the button', [edit, view], 'edit-button'],
  ['the form for a new one, to the button that opens it', [null, create, null], 'create-button'],
  ['a created one has its own message', [null, create, view], 'none'],
  ['another one', [view, edit, other], 'none'],
  ['a closed panel', [view, null], 'none'],
  ['an opened panel', [null, view], 'none'],
] satisfies readonly (readonly [string, readonly (ClusterPanel | null)[], string])[])(
  'the focus goes back: %s',
  (_, steps, to) => {
    expect(returnFocusOf(after(...steps), true)).toBe(to);
  },
);

test('without a list beside it there is no row to go back to', () => {
  expect(returnFocusOf(after(null, edit, view), false)).toBe('edit-button');
});

test('a step to what is open already is none', () => {
  const trail = after(null, view);
  expect(extendTrail(trail, { ...view })).toBe(trail);
});
