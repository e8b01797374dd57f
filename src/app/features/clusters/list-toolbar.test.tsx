// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { createRef } from 'react';
import { afterEach, expect, test } from 'vitest';
import type { FleetUpdate } from '../../../contract/fleet.ts';
import { known } from '../../../domain/sourced.ts';
import { readListQuery } from './list-query.ts';
import { ListToolbar } from './list-toolbar.tsx';

afterEach(cleanup);

function show(dead: FleetUpdate['nodeCounts']['dead']) {
  render(
    <ListToolbar
      query={readListQuery('')}
      change={() => undefined}
      input={createRef()}
      shown={1}
      all={1}
      nodeCounts={{ total: known(10_064, 'summary'), dead }}
      knownDead={0}
      hasMine={false}
      deadHelp={null}
    />,
  );
}

test('a fleet that grew above what Ray lists says that dead nodes are not counted, though none were before', () => {
  show({ known: false, reason: 'truncated', source: 'liveness', last: { value: 0, at: 1 } });
  expect(screen.getByText(/^dead: not counted/).title).toContain('10,000 rows');
});

test('no dead nodes are not worth a word', () => {
  show(known(0, 'liveness'));
  expect(screen.queryByText(/dead:/)).toBeNull();
});
