import { expect, test } from './console.ts';

test('the drawer opens with the keyboard, says what each button did, and gives the focus back', async ({ page }) => {
  await page.goto('/clusters/ci');
  const opener = page.getByRole('button', { name: 'Simulation' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'Simulation' });
  await expect(drawer.getByRole('heading', { name: 'Simulation' })).toBeFocused();
  await expect(drawer.getByRole('combobox', { name: 'Virtual cluster' })).toHaveValue('ci');
  await drawer.getByRole('button', { name: 'Another administrator edits ci' }).click();
  await expect(drawer.getByRole('status')).toHaveText('Another administrator changed ci: 4c8g 3 → 4.');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(opener).toBeFocused();
});
