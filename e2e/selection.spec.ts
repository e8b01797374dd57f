import { expect, rowOf, test } from './support/fixtures.ts';

test('rows are selected by mouse and keyboard, move nothing, and are changed by one plan', async ({
  page,
  simulator,
}) => {
  await simulator.reset();
  await page.goto('/clusters');
  await expect(rowOf(page, 'train-llm')).toContainText('2 jobs');
  const placesOf = () =>
    page
      .getByRole('row')
      .evaluateAll((rows) =>
        rows.map((row) => [
          Math.round(row.getBoundingClientRect().top),
          Math.round(row.getBoundingClientRect().height),
        ]),
      );
  const before = await placesOf();
  const bar = page.getByRole('region', { name: 'Selected virtual clusters' });
  await page.getByRole('checkbox', { name: 'Select etl-nightly' }).click();
  await page.getByRole('checkbox', { name: 'Select notebooks' }).click({ modifiers: ['Shift'] });
  await expect(bar.getByRole('status')).toHaveText('3 selected');
  expect(await placesOf()).toEqual(before);

  // It outlives filters, and keys change it from any row.
  await page.getByRole('search', { name: 'Filter' }).getByRole('textbox').fill('etl');
  await expect(bar.getByRole('status')).toHaveText('3 selected, 2 not shown');
  await page.getByRole('search', { name: 'Filter' }).getByRole('textbox').fill('');
  await page.getByRole('link', { name: 'feature-store', exact: true }).focus();
  await page.keyboard.press('x');
  await expect(bar.getByRole('status')).toHaveText('2 selected');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await page.keyboard.press('Space');
  await expect(bar.getByRole('status')).toHaveText('2 selected');

  await bar.getByRole('button', { name: 'Resize…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Resize 2 virtual clusters' });
  await dialog.getByRole('textbox', { name: 'Nodes' }).fill('4');
  await expect(dialog.getByRole('row', { name: 'etl-nightly 6 4' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(bar).toBeVisible();
  await bar.getByRole('button', { name: 'Move nodes…' }).click();
  await expect(page.getByRole('dialog').getByRole('combobox', { name: 'Template' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(bar.getByRole('button', { name: 'Move nodes…' })).toBeFocused();
  await page.getByRole('link', { name: 'ci', exact: true }).focus();
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  expect(await placesOf()).toEqual(before);

  await page.keyboard.press('Space');
  await bar.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Review plan' }).click();
  await expect(page.getByRole('heading', { name: 'Delete 1 virtual cluster' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Steps' }).getByRole('listitem')).toContainText(
    'ci Delete, gives back',
  );
});
