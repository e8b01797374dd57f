import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { RunningServer } from './support/console-server.ts';
import { field } from './support/editor.ts';
import { expect, provideAtPictureTime, test as base } from './support/picture-console.ts';
import { takePicture, type Subject } from './support/picture.ts';
import { languages } from './support/picture-languages.ts';

const test = base.extend<object, { readonly several: RunningServer }>({
  several: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the dependencies from it.
    async ({}, provide) => {
      const rays = ['prod=simulator', 'lab=simulator', 'edge=http://127.0.0.1:9'].flatMap((ray) => ['--ray', ray]);
      await provideAtPictureTime(rays, provide);
    },
    { scope: 'worker' },
  ],
});

const button = (at: Page | Locator, name: string) => at.getByRole('button', { name, exact: true });
const region = (page: Page, name: string) => page.getByRole('region', { name });

const whole = (page: Page): Subject => ({ whole: page.locator('body') });
const article = (page: Page): Subject => ({ whole: page.getByRole('article') });
const main = (page: Page, down: Locator): Subject => ({ whole: page.getByRole('main'), down });
const edit = async (page: Page, id: string, templateId: string, count: string) => {
  await page.goto(`/clusters/${id}/edit`);
  await field(page, templateId).fill(count);
};
const takeInto = (folder: string) => (page: Page, subject: Subject, name: string) =>
  takePicture(page, subject, join(folder, `${name}.webp`));

for (const { locale, folder, words } of languages) {
  test.describe(locale, () => {
    test.use({ locale, viewport: { width: 1440, height: 900 }, timezoneId: 'UTC' });
    const take = takeInto(folder);
    test('first ten minutes', async ({ page }) => {
      await page.goto('/clusters/train-llm');
      await expect(region(page, words.usage.title).locator('canvas')).toBeAttached();
      await take(page, whole(page), 'overview');
    });

    test('a new virtual cluster', async ({ page }) => {
      await page.setViewportSize({ width: 1440, height: 700 });
      await page.goto('/new');
      await page.getByRole('textbox', { name: words.editor.form.id }).fill('team-a');
      await field(page, '4c8g').fill('4');
      await take(page, article(page), 'new');
    });

    test('a conflict', async ({ page, simulator }) => {
      await page.setViewportSize({ width: 1440, height: 800 });
      await edit(page, 'ci', '4c8g', '5');
      await field(page, '8c16g').fill('1');
      await simulator.editCluster('ci', { '4c8g': 4 });
      await button(page, words.editor.form.save).click();
      await expect(region(page, words.editor.conflict.title)).toBeVisible();
      await take(page, article(page), 'conflict');
    });

    test('a shortage', async ({ page }) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await edit(page, 'ci', '4c8g', '16');
      await button(page, words.editor.form.save).click();
      await button(page, words.editor.shortage.takeFrom).click();
      await expect(region(page, words.plans.take.title)).toBeVisible();
      await take(page, article(page), 'shortage');
    });

    test('idle capacity', async ({ page }) => {
      await page.setViewportSize({ width: 1440, height: 1400 });
      await page.goto('/usage?range=7d');
      await expect(page.getByRole('slider')).toBeVisible();
      const idle = region(page, words.usage.idle.title);
      await expect(idle.getByRole('listitem').first()).toBeVisible();
      await take(page, main(page, idle), 'usage');
    });

    test('the matrix, and the plan that is made of it', async ({ page }) => {
      await page.goto('/clusters?view=matrix');
      const grid = page.getByRole('grid', { name: words.matrix.title });
      const cell = (row: number, column: number) => grid.locator(`[data-at="${String(row)} ${String(column)}"]`);
      for (const [row, column, count] of [
        [2, 2, '4'],
        [4, 2, '8'],
        [1, 2, '5'],
      ] as const) {
        await cell(row, column).click();
        await page.keyboard.type(count);
        await page.keyboard.press('Enter');
      }
      await take(page, main(page, grid), 'matrix');
      await button(page, words.matrixEdit.review).click();
      await expect(region(page, words.plans.steps).getByRole('listitem').first()).toBeVisible();
      await take(page, main(page, button(page, words.plans.moveNodes)), 'plan');
    });

    test('a file and the fleet', async ({ page }) => {
      await page.setViewportSize({ width: 1440, height: 620 });
      await page.goto('/fleet-file');
      await page
        .getByRole('textbox', { name: words.fleetFile.into.text })
        .fill(
          'version: 1\nclusters:\n  - id: ci\n    replicaSets:\n      4c8g: 5 # two more for the release\n  - id: notebooks\n    replicaSets:\n      4c8g: 3\n      8c16g: 2\n',
        );
      await expect(page.getByRole('list', { name: words.fleetFile.drift.title })).toBeVisible();
      await take(page, main(page, page.getByRole('textbox', { name: words.fleetFile.into.text })), 'fleet-file');
    });

    test('several Rays', async ({ page, several }) => {
      await page.setViewportSize({ width: 1440, height: 420 });
      await page.goto(several.address);
      const cards = page.getByRole('list', { name: words.rays.list }).getByRole('listitem');
      await expect(cards.filter({ hasText: 'edge' })).toContainText(words.rays.failing.unreachable);
      await expect(cards.filter({ hasText: 'lab' })).toContainText(words.rays.free);
      await take(page, whole(page), 'rays');
    });

    test('Ray is away', async ({ page, simulator }) => {
      await page.goto('/clusters');
      await expect(region(page, words.overview.attention.title)).toContainText('train-llm');
      await simulator.setAway(true);
      await expect(button(page, words.outage.tryNow).last()).toBeVisible();
      await take(page, whole(page), 'outage');
    });
  });
}

// The last ones: what is not known stays in the journal, and on the first page.
for (const { locale, folder, words } of languages) {
  test.describe(`${locale}, at the end`, () => {
    test.use({ locale, viewport: { width: 1440, height: 740 }, timezoneId: 'UTC' });

    test('an outcome that is not known', async ({ page, simulator }) => {
      await edit(page, 'ci', '4c8g', '5');
      await simulator.faults({ method: 'POST', path: '/virtual_clusters', kind: 'loseRequest', times: 1 });
      await button(page, words.editor.form.save).click();
      await expect(region(page, words.editor.notKnown.title)).toBeVisible();
      await takeInto(folder)(page, article(page), 'unknown');
    });
  });
}
