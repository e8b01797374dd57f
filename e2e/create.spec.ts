import { expect, rowOf, test } from './support/fixtures.ts';
import { field, openNewClusterForm } from './support/editor.ts';
import { visit } from './support/visit.ts';

test('a virtual cluster is created, and the page names its nodes', async ({ page, simulator }) => {
  await page.goto('/clusters');
  await page.getByRole('button', { name: 'New virtual cluster' }).click();
  await expect(page.getByRole('heading', { name: 'New virtual cluster' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Virtual cluster ID' }).fill('team-new');
  await page.getByRole('switch', { name: 'Divisible' }).check({ force: true });
  await field(page, '4c8g').fill('2');
  await page.getByRole('button', { name: 'One more 8c16g' }).click();
  await expect(page.getByRole('row').filter({ has: field(page, '4c8g') })).toContainText('2 come from the free pool');
  await page.getByRole('button', { name: 'Create', exact: true }).click();

  const created = page.getByRole('region', { name: 'team-new is created' });
  await expect(created.getByRole('heading')).toBeFocused();
  await expect(created).toContainText('4c8g 2, 8c16g 1');
  await expect(created).toContainText('3 nodes added');
  await expect(page).toHaveURL(/\/clusters\/team-new$/);
  await expect(rowOf(page, 'team-new')).toContainText(/4c8g\s*2.*8c16g\s*1/s);
  await expect(rowOf(page, 'team-new')).toContainText('Divisible');
  expect((await simulator.cluster('team-new'))?.replicaSets).toEqual({ '4c8g': 2, '8c16g': 1 });
  await visit(page, '/journal');
  await expect(page.getByRole('row').filter({ hasText: 'team-new' })).toContainText('Created: 4c8g 2, 8c16g 1');
});

const wrongIds: readonly (readonly [id: string, words: string])[] = [
  ['', 'Type an ID.'],
  ['team##x', "An ID can't have ## in it"],
  ['kPrimaryClusterID', "kPrimaryClusterID is Ray's own name"],
  ['x'.repeat(129), 'An id has at most 128 characters.'],
  ['ci', 'ci is there already.'],
];

const wrongCounts: readonly (readonly [typed: string, words: string])[] = [
  ['', 'Type a number. 0 asks for none.'],
  ['1.5', 'Type a whole number, 0 or more, in digits.'],
  ['-1', 'Type a whole number, 0 or more, in digits.'],
  ['1e3', 'Type a whole number, 0 or more, in digits.'],
  ['2147483648', 'Ray takes at most 2147483647.'],
];

test('an invalid id or count is reported at the field and not sent, the largest count is, and a template that no node has is added by its name', async ({
  page,
}) => {
  await openNewClusterForm(page);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') sent.push(request.url());
  });
  await field(page, '4c8g').fill('1');
  const id = page.getByRole('textbox', { name: 'Virtual cluster ID' });
  for (const [wrong, words] of wrongIds) {
    await id.fill(wrong);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(page.getByText(words)).toBeVisible();
    await expect(id).toHaveAttribute('aria-invalid', 'true');
    await expect(id).toBeFocused();
  }
  await id.fill('x'.repeat(128));
  await expect(page.getByText('An id has at most 128 characters.')).toBeHidden();

  await id.fill('team-new');
  const small = page.getByRole('row').filter({ has: field(page, '4c8g') });
  for (const [count, words] of wrongCounts) {
    await field(page, '4c8g').fill(count);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(small).toContainText(words);
    await expect(field(page, '4c8g')).toHaveAttribute('aria-invalid', 'true');
    await expect(field(page, '4c8g')).toHaveValue(count);
  }
  expect(sent).toEqual([]);

  await field(page, '4c8g').fill('2147483647');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Not enough nodes' })).toBeVisible();
  await expect(field(page, '4c8g')).toHaveValue('2147483647');

  await page.getByRole('button', { name: 'Add template' }).click();
  const group = page.getByRole('group', { name: 'Add template' });
  await group
    .getByRole('combobox', { name: 'Template' })
    .or(group.getByRole('textbox', { name: 'Template' }))
    .fill('gpu_h100');
  await expect(group).toContainText('No node has this template, so Ray has none to give.');
  await group.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(field(page, 'gpu_h100')).toBeFocused();
  await field(page, 'gpu_h100').fill('1');
  await expect(page.getByRole('row').filter({ has: field(page, 'gpu_h100') })).toContainText('1 short');
});

test('what is typed survives a reload and another screen; discarding asks', async ({ page }) => {
  await openNewClusterForm(page);
  const id = page.getByRole('textbox', { name: 'Virtual cluster ID' });
  await id.fill('half-typed');
  await field(page, '8c16g').fill('3');
  await page.reload();
  await expect(id).toHaveValue('half-typed');
  await expect(field(page, '8c16g')).toHaveValue('3');
  await page.getByRole('link', { name: 'Journal', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Journal' })).toBeVisible();
  await page.goBack();
  await expect(id).toHaveValue('half-typed');
  await page.getByRole('button', { name: 'Discard' }).click();
  await page
    .getByRole('region', { name: 'Discard what you typed?' })
    .getByRole('button', { name: 'Keep editing' })
    .click();
  await expect(id).toHaveValue('half-typed');
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await page
    .getByRole('region', { name: 'Discard what you typed?' })
    .getByRole('button', { name: 'Discard it' })
    .click();
  await openNewClusterForm(page);
  await expect(id).toHaveValue('');
});
