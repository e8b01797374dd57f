import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, rowOf, test } from './support/fixtures.ts';
import { field, openEditor, openNewClusterForm, saveButton } from './support/editor.ts';
import type { SimulatorClient } from './support/simulator-client.ts';

/** Every screen, and every message that a screen can show, with the steps that lead to it. */
const screens: Readonly<Record<string, (page: Page, simulator: SimulatorClient) => Promise<void>>> = {
  'the list': async (page) => {
    await page.goto('/clusters');
    await page.getByRole('checkbox', { name: 'Select ci' }).click();
    await expect(page.getByRole('region', { name: 'Selected virtual clusters' })).toBeVisible();
  },
  'the matrix, with typed cells': async (page) => {
    await page.goto('/clusters?view=matrix');
    await page.getByRole('grid').locator('[data-at="1 2"]').click();
    for (const key of ['9', '9', 'Enter', '1', 'Enter', '7']) await page.keyboard.press(key);
    await expect(page.getByRole('group', { name: 'Changes that are not planned yet' })).toContainText('Lacks');
  },
  'a plan under which somebody has moved': async (page, simulator) => {
    const id = crypto.randomUUID();
    const goal = { clusterId: 'ci', divisible: false, from: { '4c8g': 3 }, to: { '4c8g': 99 } };
    await page.goto('/plans');
    await page.evaluate(putPlan, { id, goals: [goal] });
    await simulator.editCluster('ci', { '4c8g': 4 });
    await page.goto(`/plans/${id}`);
    await expect(page.getByRole('radiogroup', { name: '4c8g' })).toBeVisible();
  },
  'a fleet file that differs, and would be pruned': async (page) => {
    await page.goto('/fleet-file?only=ci');
    const field = page.getByRole('textbox', { name: 'Text of the fleet file' });
    await field.fill('version: 1\nclusters:\n  - id: ci\n    replicaSets: {4c8g: 1}\n  - id: x\n    replicaSets: {}\n');
    await page.getByRole('checkbox').check();
    await expect(page.getByRole('list', { name: 'How the fleet differs' }).getByRole('listitem')).toHaveCount(7);
  },
  'usage over time': async (page) => {
    await page.goto('/usage');
    await expect(page.getByRole('slider')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Give back…: 4c8g of notebooks' })).toBeVisible();
  },
  'usage as a table': async (page) => {
    await page.goto('/usage');
    await page.getByRole('button', { name: 'Show as table' }).click();
    await expect(page.getByRole('button', { name: 'Show as chart' })).toBeVisible();
  },
  'a list that nothing matches': async (page) => {
    await page.goto('/clusters?q=nothing');
    await expect(page.getByText('Nothing matches “nothing”.')).toBeVisible();
  },
  "a row's menu": async (page) => {
    await page.goto('/clusters');
    await page.getByRole('button', { name: 'Actions for ci' }).click();
    await expect(page.getByRole('menuitem', { name: 'Copy id' })).toBeVisible();
  },
  'a panel with jobs, a leftover and a dead node': async (page, simulator) => {
    await simulator.finishJob(await simulator.startJob('serving', { replicaSets: { '8c16g': 1 } }));
    await page.goto('/clusters/serving');
    await expect(
      page.getByRole('region', { name: 'Used by' }).getByRole('button', { name: 'Release', exact: true }),
    ).toBeVisible();
    await expect(page.getByRole('table', { name: 'Nodes of serving' }).getByRole('row')).toHaveCount(10);
  },
  'the raw reply': async (page) => {
    await page.goto('/clusters/ci');
    await page.getByRole('button', { name: 'More actions for ci' }).click();
    await page.getByRole('menuitem', { name: 'Raw reply' }).click();
    await expect(page.getByRole('region', { name: 'Raw reply' })).toContainText('virtualClusterId');
  },
  'no such virtual cluster': async (page) => {
    await page.goto('/clusters/nope');
    await expect(page.getByRole('region', { name: 'There is no such virtual cluster' })).toBeVisible();
  },
  'the form for a new one, with errors': async (page) => {
    await openNewClusterForm(page);
    await field(page, '4c8g').fill('x');
    await page.getByRole('button', { name: 'Add template' }).click();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(page.getByText('Type an ID.')).toBeVisible();
  },
  'the editor, with a warning about jobs': async (page) => {
    await openEditor(page, 'train-llm');
    await field(page, '16c64g').fill('1');
    await field(page, 'gpu_a10').fill('9');
    await expect(page.getByText(/short/).first()).toBeVisible();
  },
  'the question about jobs': async (page) => {
    await openEditor(page, 'etl-nightly');
    await field(page, '4c8g').fill('0');
    await saveButton(page).click();
    await expect(page.getByRole('region', { name: 'Running jobs may lose a node' })).toBeVisible();
  },
  'a shortage': async (page) => {
    await openEditor(page, 'ci');
    await field(page, '4c8g').fill('99');
    await saveButton(page).click();
    await expect(page.getByRole('region', { name: 'Not enough nodes' })).toBeVisible();
  },
  'a conflict': async (page, simulator) => {
    await openEditor(page, 'ci');
    await field(page, '4c8g').fill('5');
    await simulator.editCluster('ci', { '4c8g': 4 });
    await saveButton(page).click();
    await page
      .getByRole('region', { name: 'Changed by someone else' })
      .getByRole('button', { name: 'Save merged' })
      .click();
    await expect(page.getByText('Choose one.')).toBeVisible();
  },
  'an outcome that is not known': async (page, simulator) => {
    await openEditor(page, 'ci');
    await field(page, '4c8g').fill('5');
    await simulator.faults({ method: 'POST', path: '/virtual_clusters', kind: 'loseRequest', times: 1 });
    await saveButton(page).click();
    await expect(page.getByRole('region', { name: 'Not known yet' })).toBeVisible();
  },
  'a save that is done': async (page) => {
    await openEditor(page, 'ci');
    await field(page, '4c8g').fill('5');
    await saveButton(page).click();
    await expect(page.getByRole('region', { name: 'ci is saved' })).toBeVisible();
  },
  'the dialog that deletes': async (page) => {
    await page.goto('/clusters/serving');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByRole('dialog', { name: 'Delete serving' })).toBeVisible();
  },
  'still in use': async (page) => {
    await page.goto('/clusters/serving');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('serving');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete virtual cluster' }).click();
    await expect(page.getByRole('region', { name: 'Still in use' })).toBeVisible();
  },
  'a list after a delete': async (page) => {
    await page.goto('/clusters/ci');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('ci');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete virtual cluster' }).click();
    await expect(page.getByRole('region', { name: 'ci was deleted' })).toBeVisible();
  },
  'the node map': async (page) => {
    await page.goto('/nodes');
    await expect(page.getByRole('application')).toHaveAttribute('data-drawn', /./);
    await page.getByRole('application').press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: /^Node / }).getByText('Host')).toBeVisible();
  },
  'the nodes as a table': async (page) => {
    await page.goto('/nodes?view=table');
    await expect(page.getByRole('table', { name: 'Nodes', exact: true }).getByRole('row').nth(3)).toBeVisible();
  },
  'the journal, with a change open': async (page, simulator) => {
    await simulator.createCluster('in-the-journal', false, { '4c8g': 1 });
    await page.goto('/journal?cluster=in-the-journal');
    await page
      .getByRole('button', { name: /^Details/ })
      .first()
      .click();
    await expect(page.getByText('Change ID')).toBeVisible();
  },
  'the journal, filtered, and what Revert… asks': async (page, simulator) => {
    await simulator.createCluster('reverted', false, { '4c8g': 1 });
    const { revision } = (await simulator.cluster('reverted')) ?? { revision: '0' };
    const body = `{"virtualClusterId": "reverted", "divisible": false, "replicaSets": {"4c8g": 2}, "revision": ${revision}}`;
    await page.request.post('/virtual_clusters', {
      headers: { 'Content-Type': 'application/json' },
      data: Buffer.from(body),
    });
    await simulator.deleteCluster('reverted');
    await page.goto('/journal?cluster=reverted&from=2020-01-01');
    await page
      .getByRole('button', { name: /^Details: 4c8g 1 → 2/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Revert…' }).click();
    await expect(page.getByRole('group', { name: 'Revert…' })).toContainText('reverted is gone.');
  },
  'the question before a job is stopped': async (page) => {
    await page.goto('/clusters/serving');
    await page.getByRole('button', { name: 'Stop job' }).first().click();
    await expect(page.getByRole('button', { name: 'Stop it' })).toBeFocused();
  },
  'a deletion that waits': async (page) => {
    await page.goto('/clusters/ci');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('ci');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete when idle' }).click();
    await expect(page.getByRole('region', { name: 'Will be deleted when idle' })).toBeVisible();
    await expect(rowOf(page, 'ci')).toContainText('Will be deleted when idle');
  },
  'what a restarted Ray has lost': async (page, simulator) => {
    await page.goto('/clusters');
    await expect(rowOf(page, 'ci')).toBeVisible();
    await simulator.restart();
    const banner = page.getByRole('region', { name: /Ray was restarted/ });
    await banner.getByRole('button', { name: 'Re-create…' }).click();
    await expect(banner.getByRole('button', { name: 'Review and create ci' })).toBeVisible();
  },
  'the simulation': async (page) => {
    await page.goto('/clusters/ci');
    await page.getByRole('button', { name: 'Simulation' }).click();
    const drawer = page.getByRole('dialog', { name: 'Simulation' });
    await drawer.getByRole('textbox', { name: 'Seed' }).fill('x');
    await drawer.getByRole('button', { name: 'Lose the next reply' }).click();
    await expect(drawer.getByRole('status')).toContainText('The next save will take effect');
  },
  'the state API down': async (page, simulator) => {
    await simulator.reset({ scenario: 'busy' });
    await page.goto('/clusters');
    await expect(page.getByRole('region', { name: 'Free nodes' })).toContainText('at most');
  },
  'Ray away': async (page, simulator) => {
    await page.goto('/clusters/ci');
    await expect(rowOf(page, 'ci')).toBeVisible();
    await simulator.setAway(true);
    await expect(page.getByRole('region', { name: /^Ray unreachable since/ })).toBeVisible();
  },
  'what the bar opens': async (page) => {
    await page.setViewportSize({ width: 768, height: 900 });
    await page.goto('/clusters');
    await page.getByRole('button', { name: 'Live' }).click();
    await expect(page.getByText(/^What you see was read from Ray/)).toBeVisible();
    await page.getByRole('button', { name: 'Account and theme' }).click();
    await expect(page.getByRole('button', { name: /^Theme:/ })).toBeVisible();
  },
  'no virtual cluster yet': async (page, simulator) => {
    await simulator.reset({ scenario: 'empty' });
    await page.goto('/clusters');
    await expect(page.getByText(/^No virtual clusters yet\./)).toBeVisible();
  },
  'no such page': async (page) => {
    await page.goto('/nowhere');
    await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  },
};

/** Keeps a plan, as the page does. */
async function putPlan({ id, goals }: { readonly id: string; readonly goals: readonly object[] }): Promise<void> {
  await fetch(`/api/plans/${id}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'X-Virtual-Cluster-Console': '1' },
    body: JSON.stringify({ version: 0, name: 'A plan', goals }),
  });
}

/** The violations that axe finds, as text. A second check of the same page passes `rules` and reuses the injected axe. */
async function violations(page: Page, again: { readonly rules: readonly string[] } | null): Promise<readonly string[]> {
  // The page has no foreign frames, so axe can run in legacy mode; only violations are reported.
  const axe = new AxeBuilder({ page, ...(again === null ? {} : { axeSource: ';' }) })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] });
  const { violations: found } = await (again === null ? axe : axe.withRules([...again.rules])).analyze();
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, failureSummary }) => `${String(target)} ${failureSummary ?? ''}`).join(' | ')}`,
  );
}

for (const [name, bringAbout] of Object.entries(screens)) {
  test(`axe finds nothing wrong in both themes: ${name}`, async ({ page, simulator }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await bringAbout(page, simulator);
    expect(await violations(page, null), 'light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    // On a busy machine the frame that paints the new theme comes late, and axe would read colours of both.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    // The themes differ only in colours.
    expect(await violations(page, { rules: ['color-contrast', 'link-in-text-block'] }), 'dark').toEqual([]);
  });
}
