import { expect, test } from './support/fixtures.ts';

test('an event is shown with its time and links to what it is about; the panel can be closed', async ({
  page,
  simulator,
}) => {
  const [nodeId] = (await simulator.cluster('ci'))?.nodeIds ?? [];
  if (nodeId === undefined) throw new Error('ci has no node');
  await page.goto('/nodes');
  const recentEvents = page.getByRole('region', { name: 'What changed lately' });
  await expect(recentEvents).toContainText('Nothing in the last 15 minutes.');
  await recentEvents.getByRole('button', { name: 'Hide what changed lately' }).click();
  await expect(recentEvents.getByText('Nothing in the last 15 minutes.')).toBeHidden();
  const show = recentEvents.getByRole('button', { name: 'Show what changed lately' });
  await expect(show).toBeFocused();
  await show.click();
  await simulator.killNode(nodeId);
  const died = recentEvents.getByRole('link', { name: '1 4c8g node died in ci' });
  await expect(died).toBeVisible();
  await expect(recentEvents.getByRole('listitem').filter({ hasText: '1 4c8g node died in ci' })).toContainText(
    /just now|s ago/,
  );
  await simulator.createCluster('brand-new', false, { '8c16g': 2 });
  await expect(recentEvents.getByRole('link', { name: 'brand-new was created' })).toBeVisible();
  await expect(
    recentEvents.getByRole('link', { name: '2 8c16g nodes moved from the free pool to brand-new' }),
  ).toBeVisible();
  await died.click();
  await expect(page).toHaveURL(new RegExp(`lit=${nodeId}`));
  await expect(page.getByRole('application')).toHaveAttribute('data-drawn', /./);
});
