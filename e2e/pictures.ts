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

test('the first screen of 200 virtual clusters of 12 templates', async ({ page, simulator }) => {
  const names = [
    '4c8g',
    '8c16g',
    '16c64g',
    '32c128g',
    '64c256g',
    'gpu_a10',
    'gpu_a100',
    'gpu_h100',
    'gpu_l4',
    'mem_512g',
  ];
  const templates = [...names, 'spot_4c8g', 'spot_16c64g'];
  await simulator.reset({ templates: Object.fromEntries(templates.map((name) => [name, 60])) });
  for (let index = 0; index < 200; index++) {
    const held = [0, 1, 2].map((each) => [templates[(index * 5 + each * 4) % templates.length] ?? '4c8g', 1] as const);
    await simulator.createCluster(`team-${String(index).padStart(3, '0')}`, index % 3 === 0, Object.fromEntries(held));
  }
  const isDrawn = () => expect(page.getByRole('row', { name: /team-000/ })).toBeVisible();
  await draw(page, '/clusters', isDrawn, 'many.png');
});
