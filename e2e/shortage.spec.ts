import { expect, test } from './support/fixtures.ts';
import { field, openEditor, openNewClusterForm, saveButton, typedValues } from './support/editor.ts';

test.beforeEach(async ({ simulator }) => {
  await simulator.reset({ templates: { '4c8g': 3, '8c16g': 3 } });
  await simulator.createCluster('team', false, { '4c8g': 1, '8c16g': 1 });
});

test('a suggestion is one click, and nothing possible is none', async ({ page, simulator }) => {
  await test.step('growing: the form stays exactly as typed, and the suggestion is one click', async () => {
    await openEditor(page, 'team');
    await field(page, '4c8g').fill('9');
    await field(page, '8c16g').fill('2');
    await saveButton(page).click();
    const region = page.getByRole('region', { name: 'Not enough nodes' });
    await expect(region.getByRole('heading', { name: 'Not enough nodes' })).toBeFocused();
    const table = region.getByRole('table', { name: 'What Ray suggests' });
    await expect(table.getByRole('row').filter({ hasText: '4c8g' }).getByRole('cell')).toHaveText(['1', '9', '2', '3']);
    await expect(table.getByRole('row').filter({ hasText: '8c16g' }).getByRole('cell')).toHaveText([
      '1',
      '2',
      /\d|–/,
      '2 as asked',
    ]);
    await expect(region).toContainText('Saves 4c8g 3, 8c16g 2.');
    expect(await typedValues(page, '4c8g', '8c16g')).toEqual({ '4c8g': '9', '8c16g': '2' });
    expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 1, '8c16g': 1 });
    await region.getByRole('button', { name: 'Apply suggestion' }).click();
    await expect(page.getByRole('region', { name: 'team is saved' })).toContainText('3 nodes added');
    expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 3, '8c16g': 2 });
  });
  await test.step('nothing possible: no button', async () => {
    await openEditor(page, 'team');
    await field(page, '4c8g').fill('5');
    await saveButton(page).click();
    const region = page.getByRole('region', { name: 'Not enough nodes' });
    await expect(region).toContainText('Nothing can be added now.');
    await expect(region.getByRole('button', { name: 'Apply suggestion' })).toBeHidden();
  });
});

test('shrinking among used nodes: what can go back is one click, after the warning about jobs', async ({
  page,
  simulator,
}) => {
  await simulator.createCluster('busy', false, { '4c8g': 2 });
  await simulator.startJob('busy', { cpus: 3 });
  await openEditor(page, 'busy');
  await field(page, '4c8g').fill('0');
  await saveButton(page).click();
  const ask = page.getByRole('region', { name: 'Running jobs may lose a node' });
  await ask.getByRole('button', { name: 'Save anyway' }).click();
  const region = page.getByRole('region', { name: "Can't give back that many" });
  await expect(region).toContainText('Ray keeps nodes that jobs hold or use.');
  await expect(region.getByRole('button', { name: 'Stop job' })).toBeVisible();
  await expect(region).toContainText('Saves 4c8g 1.');
  await expect(field(page, '4c8g')).toHaveValue('0');
  await region.getByRole('button', { name: 'Apply suggestion' }).click();
  // The suggestion also shrinks the cluster, so the editor asks for confirmation again.
  await ask.getByRole('button', { name: 'Save anyway' }).click();
  await expect(page.getByRole('region', { name: 'busy is saved' })).toBeVisible();
  expect((await simulator.cluster('busy'))?.replicaSets).toEqual({ '4c8g': 1 });
});

test('a new virtual cluster: templates that Ray camel-cases', async ({ page, simulator }) => {
  await test.step('a new virtual cluster: the suggestion creates it, also of a template that Ray camel-cases', async () => {
    await simulator.addNodes('my_node_type', 2);
    await openNewClusterForm(page, 'my_node_type');
    await page.getByRole('textbox', { name: 'Virtual cluster ID' }).fill('camel');
    await field(page, 'my_node_type').fill('4');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const region = page.getByRole('region', { name: 'Not enough nodes' });
    await expect(region).toContainText('Saves my_node_type 2.');
    await region.getByRole('button', { name: 'Apply suggestion' }).click();
    await expect(page.getByRole('region', { name: 'camel is created' })).toBeVisible();
    expect((await simulator.cluster('camel'))?.replicaSets).toEqual({ my_node_type: 2 });
  });
  await test.step('templates that are ambiguous in the suggestion are named, and nothing is applied', async () => {
    await simulator.addNodes('my_node', 1);
    await simulator.addNodes('myNode', 1);
    // The form lists the templates that there are when it is opened.
    await expect(page.getByRole('region', { name: 'Free nodes' })).toContainText('myNode');
    await openNewClusterForm(page, 'my_node');
    await page.getByRole('textbox', { name: 'Virtual cluster ID' }).fill('ambiguous');
    await field(page, 'my_node').fill('2');
    await field(page, 'myNode').fill('2');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const region = page.getByRole('region', { name: 'Not enough nodes' });
    await expect(region).toContainText("names templates that can't be told apart");
    await expect(region.getByRole('button', { name: 'Apply suggestion' })).toBeHidden();
  });
});

test('if the cluster moved since, the suggestion becomes mine in the ordinary merge', async ({ page, simulator }) => {
  await openEditor(page, 'team');
  await field(page, '4c8g').fill('9');
  await saveButton(page).click();
  const region = page.getByRole('region', { name: 'Not enough nodes' });
  await expect(region).toContainText('Saves 4c8g 3, 8c16g 1.');
  await simulator.editCluster('team', { '4c8g': 2, '8c16g': 1 });
  await region.getByRole('button', { name: 'Apply suggestion' }).click();
  const conflict = page.getByRole('region', { name: 'Changed by someone else' });
  await conflict.getByRole('radiogroup', { name: '4c8g' }).getByRole('radio', { name: 'Mine' }).check();
  await conflict.getByRole('button', { name: 'Save merged' }).click();
  await expect(page.getByRole('region', { name: 'team is saved' })).toBeVisible();
  expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 3, '8c16g': 1 });
});
