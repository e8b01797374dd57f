import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

/** How many sheets of A4 the page is printed on, as the browser lays it out. */
async function sheets(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: 'A4' });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

test.use({ colorScheme: 'dark' });

test('a list of 100, the node table and an open virtual cluster are printed whole', async ({ page, simulator }) => {
  await test.step('the node table is printed whole, an open virtual cluster alone', async () => {
    await page.goto('/nodes?view=table');
    const rows = page.getByRole('table').locator('tbody tr[aria-rowindex]');
    await expect(rows.first()).toBeVisible();
    const total = Number((await page.getByText(/^\d+ nodes$/).textContent())?.split(' ')[0]);
    expect(total).toBeGreaterThan(50);
    expect(await rows.count()).toBeLessThan(total);
    await page.emulateMedia({ media: 'print' });
    await expect(rows).toHaveCount(total);
    expect(await sheets(page)).toBeGreaterThan(1);

    await page.emulateMedia({ media: 'screen' });
    await page.goto('/clusters/train-llm');
    await expect(page.getByRole('table', { name: 'Nodes of train-llm' })).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('table', { name: 'Virtual clusters' })).toBeHidden();
    await expect(page.getByRole('heading', { name: 'train-llm' })).toBeVisible();
  });
  await test.step('100 virtual clusters are printed whole, with full times, in dark on light, without controls', async () => {
    await page.emulateMedia({ media: null });
    await simulator.reset({ templates: { '4c8g': 100 } });
    for (let index = 1; index <= 100; index++)
      await simulator.createCluster(`team-${String(index)}`, false, { '4c8g': 1 });
    await page.goto('/clusters');
    const rows = page.locator('tr[data-id]');
    await expect(rows.first()).toBeVisible();
    expect(await rows.count()).toBeLessThan(100);
    expect(await sheets(page)).toBeGreaterThan(2);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect(rows).toHaveCount(100);
    await expect(
      page.getByText(/^Virtual cluster console · Simulated · printed \d+ \w+ \d{4}, \d\d:\d\d:\d\d$/),
    ).toBeVisible();
    await expect(page.getByRole('banner')).toBeHidden();
    await expect(page.getByRole('button', { name: 'New virtual cluster' })).toBeHidden();
    const time = rows.first().locator('time').first();
    expect(await time.evaluate((element) => getComputedStyle(element, '::after').content)).toMatch(
      /\d{4}, \d\d:\d\d:\d\d/,
    );
    const colour = (property: 'color' | 'backgroundColor') =>
      page.locator('body').evaluate((body, name) => getComputedStyle(body)[name], property);
    expect(await colour('backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await colour('color')).toBe('rgb(27, 31, 36)');
    await page.emulateMedia({ media: 'screen' });
    await expect.poll(() => rows.count()).toBeLessThan(100);
  });
});
