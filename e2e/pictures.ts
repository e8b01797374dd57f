import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/picture-console.ts';
import { takePicture } from './support/picture.ts';

const docs = join(import.meta.dirname, '..', 'docs');

test.use({ viewport: { width: 1440, height: 900 } });

/** `subject`: what has to be drawn first. */
async function draw(page: Page, path: string, subject: (page: Page) => Promise<void>, file: string): Promise<void> {
  await page.goto(path);
  await subject(page);
  await takePicture(page, { whole: page.locator('body') }, join(docs, file));
}

test('the list with a virtual cluster opened beside it', async ({ page }) => {
  const isDrawn = async () => {
    await expect(page.getByRole('heading', { name: 'train-llm' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Usage' }).locator('canvas')).toBeAttached();
  };
  await draw(page, '/clusters/train-llm', isDrawn, 'list.webp');
});

test('the node map', async ({ page }) => {
  await draw(page, '/nodes', () => expect(page.locator('canvas').first()).toBeVisible(), 'map.webp');
});

test('usage over time', async ({ page }) => {
  const isDrawn = async () => {
    await expect(page.getByRole('slider')).toBeVisible();
    await expect(page.getByRole('table', { name: 'Node-hours by virtual cluster and template' })).toBeVisible();
  };
  await draw(page, '/usage?range=7d', isDrawn, 'usage.webp');
});
