// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDraftStore } from '../drafts/draft-store.ts';
import { stubMediaQueries } from '../testing/browser-stubs.ts';
import { scriptedApi, ScriptedPage, scriptedParts, scriptedSession } from '../testing/scripted-api.tsx';
import { RayDashboardLink } from './ray-dashboard-link.tsx';
import type { RayDashboardPage } from './ray-dashboard-path.ts';

beforeEach(() => stubMediaQueries(true));
afterEach(cleanup);

async function renderLink(page: RayDashboardPage, dashboardUrl: string | null) {
  const session = scriptedSession();
  const api = scriptedApi({
    session: () => Promise.resolve({ ...session, ray: { ...session.ray, dashboardUrl } }),
  });
  const { parts } = scriptedParts(api, () => 'change');
  render(
    <ScriptedPage parts={parts} drafts={createDraftStore(null)}>
      <p>before</p>
      <RayDashboardLink page={page} />
    </ScriptedPage>,
  );
  await screen.findByText('before');
}

describe('a link to Ray’s own dashboard', () => {
  const pages: readonly (readonly [RayDashboardPage, string, string])[] = [
    [{ kind: 'job', submissionId: 'raysubmit_a/b' }, 'Job', '/#/jobs/raysubmit_a%2Fb'],
    [{ kind: 'node', nodeId: 'ff00' }, 'Node', '/#/cluster/nodes/ff00'],
    [{ kind: 'logs', nodeId: 'ff00' }, 'Its logs', '/#/logs/?nodeId=ff00'],
  ];
  test.each(pages)('%o', async (page, name, path) => {
    await renderLink(page, 'https://gateway.example/ray');
    const link = await screen.findByRole('link', { name: new RegExp(`^${name} in Ray’s dashboard`) });
    expect(link.getAttribute('href')).toBe(`https://gateway.example/ray${path}`);
    expect(link.getAttribute('rel')).toBe('noopener noreferrer');
  });

  test('is not there when the console was not told where that is', async () => {
    await renderLink({ kind: 'node', nodeId: 'ff00' }, null);
    expect(screen.queryByRole('link')).toBeNull();
  });
});
