import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from './support/picture-console.ts';
import { languages } from './support/picture-languages.ts';
import { takePicture, type Subject } from './support/picture.ts';

/** Pictures of the guide's ten questions: of each the part of the page that answers it. */
for (const { locale, folder, words } of languages) {
  test.describe(`${locale}, ten questions`, () => {
    test.use({ locale, viewport: { width: 1440, height: 900 }, timezoneId: 'UTC' });

    test('what the first page answers', async ({ page, simulator }) => {
      const region = (name: string) => page.getByRole('region', { name });
      const take = (subject: Subject, name: string) =>
        takePicture(page, subject, join(folder, `question-${name}.webp`));
      const only = (whole: Locator): Subject => ({ whole });
      await page.goto('/');
      const attention = region(words.overview.attention.title);
      await expect(attention.getByRole('listitem')).toHaveCount(2);
      await take(only(region(words.clusters.free.title)), 'free');
      await take(only(attention), 'attention');

      await page.getByRole('button', { name: words.freshness.live, exact: true }).click();
      const why = page.getByText(words.freshness.why.live);
      await take({ whole: page.locator('body'), down: why }, 'live');
      await page.keyboard.press('Escape');

      const trend = page.getByRole('button', { name: words.clusters.columns.trend, exact: true });
      await trend.click();
      await take(only(page.getByRole('table')), 'idle-days');

      await page.goto('/?view=matrix&count=idle&by=gpu_a10&desc=1');
      const grid = page.getByRole('grid', { name: words.matrix.title });
      await take(only(grid), 'idle');

      await simulator.editCluster('ci', { '4c8g': 5 });
      const notebooks = await simulator.cluster('notebooks');
      await simulator.killNode(notebooks?.nodeIds[0] ?? '');
      await expect(region(words.lately.title).getByRole('listitem')).toHaveCount(3);
      await take(only(region(words.lately.title)), 'lately');

      await page.goto('/nodes');
      await expect(page.locator('canvas').first()).toBeVisible();
      await take(only(page.getByRole('main')), 'job');
      await simulator.reset();
    });
  });
}
