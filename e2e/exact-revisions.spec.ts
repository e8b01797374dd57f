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
  const cases = revisions.map((revision, index) => ({
    id: `team-${String(index)}`,
    revision,
    next: revisions[(index + 1) % revisions.length] ?? '',
  }));
  const ray = await StubRay.start();
  ray.addFree('4c8g', 6);
  for (const { id, revision, next } of cases) {
    ray.addCluster(id, revision, '4c8g', 2);
    ray.nextRevisions.push(next, revision);
  }
  const server = await startServer('--ray-address', ray.address);
  try {
    await page.goto(`${server.address}/clusters?sort=revision`);
    for (const { id, revision, next } of cases) {
      const inRow = (exact: string) =>
        rowOf(page, id)
          .getByTitle(new RegExp(`^Revision ${exact}\\b`))
          .filter({ visible: true });
      await expect(inRow(revision)).toHaveCount(1);
      await page.getByRole('link', { name: id, exact: true }).click();
      const panel = page.getByRole('article', { name: id });
      await expect(panel.getByText(revision, { exact: true })).toBeVisible();

      const before = ray.saves.length;
      await panel.getByRole('button', { name: 'Edit', exact: true }).click();
      await field(page, '4c8g').fill('3');
      await saveButton(page).click();
      await expect(page.getByRole('region', { name: `${id} is saved` })).toBeVisible();
      expect(ray.saves).toHaveLength(before + 1);
      expect(ray.saves[before]).toMatch(new RegExp(`"revision":\\s*${revision}[,}]`));
      await expect(panel.getByText(next, { exact: true })).toBeVisible();
      await expect(inRow(next)).toHaveCount(1);

      // A further save, based on the revision of the last reply.
      await panel.getByRole('button', { name: 'Edit', exact: true }).click();
      await field(page, '4c8g').fill('4');
      await saveButton(page).click();
      await expect(panel.getByText(revision, { exact: true })).toBeVisible();
      expect(ray.saves[before + 1]).toMatch(new RegExp(`"revision":\\s*${next}[,}]`));
      expect(await (await request.get(`${server.address}/virtual_clusters`)).text()).toMatch(
        new RegExp(`"${id}".*?"revision": ?${revision}[,}]`, 's'),
      );
    }
  } finally {
    await page.close();
    await server.stop();
    await ray.stop();
  }
});
