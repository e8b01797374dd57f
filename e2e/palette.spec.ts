import { expect, rowOf, test } from './support/fixtures.ts';
import { visit } from './support/visit.ts';

test('by keys alone: the palette goes anywhere and asks before a job is stopped, and single keys lead where they say', async ({
  page,
  simulator,
}) => {
  await test.step('by keys alone: the palette opens a virtual cluster, its edit, its question before deleting, and the map', async () => {
    await page.goto('/clusters');
    await expect(rowOf(page, 'ci')).toBeVisible();
    const palette = page.getByRole('combobox', { name: 'Search everything' });
    const search = async (typed: string) => {
      await page.keyboard.press('Control+k');
      await expect(palette).toBeFocused();
      await page.keyboard.type(typed);
    };
    await search('serv');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('article', { name: 'serving' })).toBeVisible();

    await page.getByRole('link', { name: 'ci', exact: true }).focus();
    await search('');
    await expect(page.getByRole('group', { name: 'On ci' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('link', { name: 'ci', exact: true })).toBeFocused();

    await search('delete ci');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Delete ci' }).getByRole('textbox')).toBeFocused();
    await page.keyboard.press('Control+k');
    await expect(palette).toBeHidden();
    await page.keyboard.press('Escape');

    await search('worker-0046');
    await expect(page.getByRole('option', { name: /^worker-0046/ })).toBeVisible();
    await expect(page.getByRole('option', { name: /Copy ID: worker-0046/ })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/nodes\?node=/);
  });
  await test.step('stopping a job from the palette asks beside the job, and a held Enter keeps it', async () => {
    await visit(page, '/clusters');
    await expect(rowOf(page, 'train-llm')).toBeVisible();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Search everything' })).toBeFocused();
    await page.keyboard.type('stop evaluate');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Keep', exact: true })).toBeFocused();
    await expect(page.getByText(/Ray ends it wherever it is/)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByText(/Ray ends it wherever it is/)).toBeHidden();
    expect(await simulator.cluster('train-llm')).not.toBeNull();
  });
  await test.step('single keys go where the list of keys says, and not once they are switched off there', async () => {
    await visit(page, '/clusters/ci');
    await expect(page.getByRole('article', { name: 'ci' })).toBeVisible();
    await page.keyboard.press('e');
    await expect(page.getByRole('heading', { name: 'Edit ci' })).toBeFocused();
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await expect(page).toHaveURL(/\/nodes/);
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await expect(page.getByRole('heading', { name: 'Virtual clusters' })).toBeVisible();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByRole('checkbox').uncheck();
    await page.keyboard.press('n');
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await page.keyboard.press('n');
    await page.keyboard.press('/');
    await expect(page.getByRole('textbox', { name: 'Filter' })).not.toBeFocused();
    await expect(page).toHaveURL(/\/clusters$/);
    await page.getByRole('button', { name: 'Account and theme' }).press('Enter');
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).press('Enter');
    await sheet.getByRole('checkbox').check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await expect(page.getByRole('textbox', { name: 'Virtual cluster ID' })).toBeFocused();
  });
});

test('what is typed while the palette is on its way lands in its field, and means nothing to the page', async ({
  page,
}) => {
  let arrive: () => void = () => undefined;
  const arriving = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/palette-host*.js', async (route) => {
    await arriving;
    await route.continue();
  });
  await page.goto('/clusters');
  await expect(rowOf(page, 'ci')).toBeVisible();
  const filter = page.getByRole('textbox', { name: 'Filter' });
  await filter.focus();
  // Escape takes it back: it must not open late.
  const asked = page.waitForRequest('**/palette-host*.js');
  await page.keyboard.press('Control+k');
  await asked;
  await page.keyboard.press('Escape');
  await page.keyboard.type('c');
  await expect(filter).toHaveValue('c');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('/se');
  // Pressed once more, as nothing is to be seen: the browser would take it for its own search.
  await page.evaluate(() => {
    const note = ({ key, defaultPrevented }: KeyboardEvent) => {
      if (key === 'k') document.documentElement.dataset['taken'] = String(defaultPrevented);
    };
    window.addEventListener('keydown', note, true);
  });
  await page.keyboard.press('Control+k');
  await expect(page.locator('html')).toHaveAttribute('data-taken', 'true');
  await page.keyboard.type('rvi');
  await expect(filter).toHaveValue('');
  arrive();
  const palette = page.getByRole('combobox', { name: 'Search everything' });
  await expect(palette).toBeFocused();
  await page.keyboard.type('ng');
  await expect(palette).toHaveValue('/serving');
  await page.keyboard.press('Escape');
  await expect(filter).toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(palette).toHaveValue('');
});
