// @vitest-environment jsdom
import { Menu } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDraftStore } from '../drafts/draft-store.ts';
import { stubMediaQueries, stubResizeObserver } from '../testing/browser-stubs.ts';
import { clusterOf } from '../testing/cluster-fixture.ts';
import { scriptedApi, ScriptedPage, scriptedParts } from '../testing/scripted-api.tsx';
import { ClusterActions } from './cluster-actions.tsx';

beforeEach(() => {
  stubMediaQueries(true);
  stubResizeObserver();
});
afterEach(cleanup);

test('an action that is refused says why beside its name, for everyone', async () => {
  const why = 'You may only read.';
  const { parts } = scriptedParts(scriptedApi({}), () => 'x');
  const noop = () => undefined;
  render(
    <ScriptedPage parts={parts} drafts={createDraftStore(null)}>
      <Menu opened>
        <Menu.Dropdown>
          <ClusterActions
            cluster={clusterOf({ '4c8g': 1 })}
            mayNotWrite={why}
            canDelete
            clipboard={{ status: '', copy: () => Promise.resolve(), reset: noop }}
            isOpen={false}
            onDelete={noop}
            onShowRaw={noop}
          />
        </Menu.Dropdown>
      </Menu>
    </ScriptedPage>,
  );
  const remove = await screen.findByRole('menuitem', { name: 'Delete', hidden: true });
  expect(remove.textContent).toContain(why);
  expect(remove.getAttribute('aria-description')).toBe(why);
  expect(remove.hasAttribute('disabled')).toBe(true);
});
