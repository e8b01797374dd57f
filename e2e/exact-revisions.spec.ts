import { expect, rowOf, test } from './support/fixtures.ts';
import { field, saveButton } from './support/editor.ts';
import { StubRay } from './support/stub-ray.ts';
import { startServer } from './support/console-server.ts';

/** 2^53 + 1, the one in Ray's documentation, and the largest 64-bit value: none is exact as a JavaScript number. */
const revisions = ['9007199254740993', '1734141542694433731', '18446744073709551615'] as const;

test('revisions of any 64 bits are exact from the list through the form and a save back to the list', async ({
  page,
  request,
}) => {
  const ray = await StubRay.start();
  ray.addFree('4c8g', 6);
  const [first, ...others] = revisions;
  ray.addCluster('team', first, '4c8g', 2);
  ray.nextRevisions.push(...others, first);
  const server = await startServer('--ray-address', ray.address);
  try {
    await page.goto(`${server.address}/clusters/team?sort=revision`);
    const panel = page.getByRole('article', { name: 'team' });
    const inRow = (exact: string) =>
      rowOf(page, 'team')
        .getByTitle(new RegExp(`^Revision ${exact}\\b`))
        .filter({ visible: true });
    await expect(inRow(first)).toHaveCount(1);
    // Each save is based on the revision of the last reply.
    for (const [index, revision] of revisions.entries()) {
      const next = revisions[index + 1] ?? first;
      await expect(panel.getByText(revision, { exact: true })).toBeVisible();
      await panel.getByRole('button', { name: 'Edit', exact: true }).click();
      await field(page, '4c8g').fill(String(3 + index));
      await saveButton(page).click();
      await expect(page.getByRole('region', { name: 'team is saved' })).toBeVisible();
      expect(ray.saves).toHaveLength(index + 1);
      expect(ray.saves[index]).toMatch(new RegExp(`"revision":\\s*${revision}[,}]`));
      await expect(panel.getByText(next, { exact: true })).toBeVisible();
      await expect(inRow(next)).toHaveCount(1);
      expect(await (await request.get(`${server.address}/virtual_clusters`)).text()).toMatch(
        new RegExp(`"team".*?"revision": ?${next}[,}]`, 's'),
      );
    }
  } finally {
    await page.close();
    await server.stop();
    await ray.stop();
  }
});
