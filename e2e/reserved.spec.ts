import { expect, test } from './support/fixtures.ts';
import { field, openEditor, openNewClusterForm, saveButton } from './support/editor.ts';
import { visit } from './support/visit.ts';

// The demo: `train-llm` holds 4 gpu_a10, of which its two jobs hold 3; a dead gpu_a10 of `serving` waits for a replacement.
test.beforeEach(async ({ simulator }) => {
  await simulator.reset({ scenario: 'demo' });
});

test('nodes that jobs hold: counted everywhere, and freed by stopping a job', async ({ page, simulator }) => {
  await test.step('a node that a job holds is no idle one: in the hint, before a save, on the map and in the table', async () => {
    await openNewClusterForm(page);
    await field(page, 'gpu_a10').fill('3');
    await expect(page.getByText('3 short · serving has 2 idle · train-llm has 1 idle')).toBeVisible();
    await openEditor(page, 'train-llm');
    await field(page, 'gpu_a10').fill('2');
    await expect(page.getByText('only 1 can go back: 3 are held by 2 jobs')).toBeVisible();
    await visit(page, '/nodes');
    await expect(page.getByRole('group', { name: 'States' }).getByRole('button', { name: 'Reserved' })).toHaveText(
      'Reserved 6',
    );
    await visit(page, '/nodes?view=table&template=gpu_a10');
    await page.getByRole('combobox', { name: 'State' }).selectOption('Reserved');
    await expect(page.getByRole('status').filter({ hasText: 'matches' })).toHaveText('1 node matches');
  });
  await test.step('a refused shrink says which jobs hold the nodes, and stopping one frees them', async () => {
    await openEditor(page, 'train-llm');
    await field(page, 'gpu_a10').fill('2');
    await saveButton(page).click();
    const region = page.getByRole('region', { name: "Can't give back that many" });
    const holders = region.getByRole('region', { name: 'What holds them' });
    await expect(holders.getByRole('listitem')).toHaveCount(2);
    const evaluating = holders.getByRole('listitem').filter({ hasText: 'evaluate.py' });
    await evaluating.getByRole('button', { name: 'Stop job' }).click();
    await evaluating.getByRole('button', { name: 'Stop it' }).click();
    const release = evaluating.getByRole('button', { name: 'Release', exact: true });
    await expect(release).toBeVisible();
    // Its workers end a little later than the job; until then Ray keeps the nodes.
    await simulator.advance(2_000);
    await release.click();
    await evaluating.getByRole('button', { name: 'Release it' }).click();
    await expect(page.getByText('2 go back')).toBeVisible();
    await saveButton(page).click();
    await expect(page.getByRole('region', { name: 'train-llm is saved' })).toBeVisible();
  });
});

test('what is given back goes to a dead node first: said before, after, and in the journal', async ({
  page,
  simulator,
}) => {
  await openEditor(page, 'train-llm');
  await field(page, 'gpu_a10').fill('3');
  await expect(page.getByText('serving waits for a gpu_a10: Ray will give one to serving first')).toBeVisible();
  await saveButton(page).click();
  const saved = page.getByRole('region', { name: 'train-llm is saved' });
  await expect(saved).toContainText('1 node removed');
  await simulator.advance(6_000);
  await expect(saved).toContainText('1 gpu_a10 went to serving.');
  await visit(page, '/journal');
  await page.getByRole('button', { name: 'Details: gpu_a10 4 → 3, train-llm' }).click();
  await expect(page.getByText('serving waited for a gpu_a10 then: Ray gives such a node to it first.')).toBeVisible();
});
