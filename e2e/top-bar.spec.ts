import type { Page } from '@playwright/test';
import { expect, rowOf, test } from './support/fixtures.ts';
import { startSignInServer } from './support/sign-in-server.ts';
import { visit } from './support/visit.ts';

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('the menu, and that Ray is away', async ({ page, simulator }) => {
    await test.step('the menu closes on a link, on a tap elsewhere, on Back and on Escape, which closes nothing beneath', async () => {
      await page.goto('/clusters');
      const menu = page.getByRole('button', { name: 'Menu' });
      const links = page.getByRole('navigation', { name: 'Main' });
      await rowOf(page, 'serving').getByRole('link').click();
      const heading = page.getByRole('heading', { name: 'serving', level: 1 });
      await expect(heading).toBeVisible();

      await menu.click();
      await expect(links).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(links).toBeHidden();
      await expect(menu).toBeFocused();
      await expect(heading).toBeVisible();

      await menu.click();
      await page.getByRole('heading', { name: 'Used by' }).click();
      await expect(links).toBeHidden();
      await expect(menu).toHaveAttribute('aria-expanded', 'false');

      await menu.click();
      await page.goBack();
      await expect(rowOf(page, 'serving')).toBeVisible();
      await expect(links).toBeHidden();

      await menu.click();
      await links.getByRole('link', { name: 'Journal', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Journal' })).toBeVisible();
      await expect(links).toBeHidden();
    });
    await test.step('that Ray is away fits the bar in two lines', async () => {
      await visit(page, '/clusters');
      await expect(rowOf(page, 'serving')).toBeVisible();
      await simulator.setAway(true);
      const label = page
        .getByRole('banner')
        .getByText(/^Ray unreachable since/)
        .first();
      await expect(label).toBeVisible();
      expect((await label.boundingBox())?.height).toBeLessThanOrEqual(32);
    });
  });
});

/** Pairs of the bar's parts that overlap, and parts that are cut off or outside of the window. */
async function collisions(page: Page): Promise<readonly string[]> {
  return page
    .locator('header')
    .first()
    .evaluate((bar) => {
      const parts = [...bar.querySelectorAll('a, button')].filter((part) => part.getClientRects().length > 0);
      const boxes = parts.map((part) => ({ name: part.textContent, box: part.getBoundingClientRect() }));
      const outside = boxes
        .filter(({ box }) => box.left < 0 || box.right > window.innerWidth || box.height > 48)
        .map(({ name }) => `${name} is outside`);
      const overlapping = boxes.flatMap((one, index) =>
        boxes
          .slice(index + 1)
          .filter(({ box }) => box.left < one.box.right - 1 && one.box.left < box.right - 1)
          .map(({ name }) => `${one.name} and ${name} overlap`),
      );
      return [...outside, ...overlapping];
    });
}

test('nothing in the bar overlaps at any width, and the age of what is shown is readable', async ({ page }) => {
  const server = await startSignInServer();
  try {
    await page.goto(server.link('--name', 'maximiliane.von-und-zu-hohenlohe-waldenburg'));
    await expect(rowOf(page, 'ci')).toBeVisible();
    const live = page.locator('header').getByText('Live', { exact: true }).first();
    for (const width of [360, 600, 768, 900, 960, 1024, 1200, 1440]) {
      await page.setViewportSize({ width, height: 740 });
      expect(await collisions(page), String(width)).toEqual([]);
      expect(await live.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), String(width)).toBe(0);
    }
    await page.setViewportSize({ width: 768, height: 740 });
    await page.getByRole('button', { name: /^Account: maximiliane/ }).click();
    await expect(page.getByText(/^You are maximiliane/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeHidden();
  } finally {
    await server.stop();
  }
});
