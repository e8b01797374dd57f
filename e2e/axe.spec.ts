import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe.ts';
import { expect, rowOf, test } from './support/fixtures.ts';
import { field, openEditor, openNewClusterForm, saveButton } from './support/editor.ts';
import type { SimulatorClient } from './support/simulator-client.ts';
import { visit } from './support/visit.ts';

interface Screen {
  readonly name: string;
  /** What is new on this screen; the whole page unless given. Axe takes longer for the list than the list takes to load. */
  readonly within?: string;
  readonly bringAbout: (page: Page, simulator: SimulatorClient) => Promise<void>;
}

/** Every screen, and every message that a screen can show, with the steps that lead to it from the one before. */
const journeys: Readonly<Record<string, readonly Screen[]>> = {
  'the list, its menus, and several virtual clusters at once': [
    {
      name: 'the list',
      bringAbout: async (page) => {
        await visit(page, '/clusters');
        await expect(rowOf(page, 'ci')).toBeVisible();
      },
    },
    {
      name: 'nothing matches',
      within: 'main',
      bringAbout: async (page) => {
        await visit(page, '/clusters?q=nothing');
        await expect(page.getByText('Nothing matches “nothing”.')).toBeVisible();
      },
    },
    {
      name: 'what the bar opens',
      within: 'header',
      bringAbout: async (page) => {
        await page.setViewportSize({ width: 768, height: 900 });
        await page.getByRole('button', { name: 'Live' }).click();
        await expect(page.getByText(/^What you see was read from Ray/)).toBeVisible();
        await page.getByRole('button', { name: 'Account and theme' }).click();
        await expect(page.getByRole('button', { name: /^Theme:/ })).toBeVisible();
      },
    },
    {
      name: 'a wide list, with the overview at its edge and a square for each node',
      within: 'main',
      bringAbout: async (page) => {
        await page.setViewportSize({ width: 1920, height: 1080 });
        await visit(page, '/clusters');
        await expect(page.getByRole('region', { name: 'Nodes', exact: true }).getByRole('listitem')).toHaveCount(7);
        await expect(page.getByRole('region', { name: 'Last 7 days' }).getByRole('slider')).toBeVisible();
      },
    },
    {
      name: "a row's menu",
      within: '[role=menu]',
      bringAbout: async (page) => {
        await page.setViewportSize({ width: 1440, height: 900 });
        await visit(page, '/clusters');
        await page.getByRole('button', { name: 'Actions for ci' }).click();
        await expect(page.getByRole('menuitem', { name: 'Copy id' })).toBeVisible();
      },
    },
    {
      name: 'the palette',
      within: '[role="dialog"]',
      bringAbout: async (page) => {
        await page.goto('/clusters');
        await expect(rowOf(page, 'ci')).toBeVisible();
        await page.keyboard.press('ControlOrMeta+k');
        await page.getByRole('dialog').getByRole('combobox').fill('ci');
        await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
      },
    },
    {
      name: 'the keys',
      within: '[role="dialog"]',
      bringAbout: async (page) => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      },
    },
    {
      name: 'no such page',
      within: 'main',
      bringAbout: async (page) => {
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toBeHidden();
        await visit(page, '/nowhere');
        await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
      },
    },
    {
      name: 'selected rows',
      within: 'main',
      bringAbout: async (page) => {
        await visit(page, '/clusters');
        await page.getByRole('checkbox', { name: 'Select ci' }).click();
        await expect(page.getByRole('region', { name: 'Selected virtual clusters' })).toBeVisible();
      },
    },
    {
      name: 'the matrix, with typed cells',
      within: 'main',
      bringAbout: async (page) => {
        await visit(page, '/clusters?view=matrix');
        await page.getByRole('grid').locator('[data-at="1 2"]').click();
        for (const key of ['9', '9', 'Enter', '1', 'Enter', '7']) await page.keyboard.press(key);
        await expect(page.getByRole('group', { name: 'Changes that are not planned yet' })).toContainText('Lacks');
      },
    },
    {
      name: 'a fleet file that differs, and would be pruned',
      within: 'main',
      bringAbout: async (page) => {
        await visit(page, '/fleet-file?only=ci');
        const field = page.getByRole('textbox', { name: 'Text of the fleet file' });
        await field.fill(
          'version: 1\nclusters:\n  - id: ci\n    replicaSets: {4c8g: 1}\n  - id: x\n    replicaSets: {}\n',
        );
        await page.getByRole('checkbox').check();
        await expect(page.getByRole('list', { name: 'How the fleet differs' }).getByRole('listitem')).toHaveCount(7);
      },
    },
    {
      name: 'a plan under which somebody has moved',
      within: 'main',
      bringAbout: async (page, simulator) => {
        await page.getByRole('checkbox').uncheck();
        await page.getByRole('button', { name: 'Review plan' }).click();
        await expect(page.getByRole('region', { name: 'What moves' })).toBeVisible();
        await simulator.editCluster('ci', { '4c8g': 4 });
        await expect(page.getByRole('radiogroup', { name: '4c8g' })).toBeVisible();
      },
    },
  ],
  'the panel': [
    {
      name: 'with jobs, a leftover and a dead node',
      within: 'article',
      bringAbout: async (page, simulator) => {
        await simulator.finishJob(await simulator.startJob('serving', { replicaSets: { '8c16g': 1 } }));
        await visit(page, '/clusters/serving');
        await expect(
          page.getByRole('region', { name: 'Used by' }).getByRole('button', { name: 'Release', exact: true }),
        ).toBeVisible();
        await expect(page.getByRole('table', { name: 'Nodes of serving' }).getByRole('row')).toHaveCount(10);
      },
    },
    {
      name: 'before a job is stopped',
      within: 'article',
      bringAbout: async (page) => {
        await page.getByRole('button', { name: 'Stop job' }).first().click();
        await expect(page.getByRole('button', { name: 'Stop it' })).toBeFocused();
      },
    },
    {
      name: 'the dialog that deletes',
      within: '[role=dialog]',
      bringAbout: async (page) => {
        await page.getByRole('button', { name: 'Delete', exact: true }).click();
        await expect(page.getByRole('dialog', { name: 'Delete serving' })).toBeVisible();
      },
    },
    {
      name: 'still in use',
      within: 'article',
      bringAbout: async (page) => {
        await deleteInDialog(page, 'serving', 'Delete virtual cluster');
        await expect(page.getByRole('region', { name: 'Still in use' })).toBeVisible();
      },
    },
    {
      name: 'the raw reply',
      within: 'article',
      bringAbout: async (page) => {
        await visit(page, '/clusters/ci');
        await page.getByRole('button', { name: 'More actions for ci' }).click();
        await page.getByRole('menuitem', { name: 'Raw reply' }).click();
        await expect(page.getByRole('region', { name: 'Raw reply' })).toContainText('virtualClusterId');
      },
    },
    {
      name: 'no such virtual cluster',
      within: 'main',
      bringAbout: async (page) => {
        await visit(page, '/clusters/nope');
        await expect(page.getByRole('region', { name: 'There is no such virtual cluster' })).toBeVisible();
      },
    },
  ],
  'the editor': [
    {
      name: 'a new one, with errors',
      within: 'article',
      bringAbout: async (page) => {
        await openNewClusterForm(page);
        await field(page, '4c8g').fill('x');
        await page.getByRole('button', { name: 'Add template' }).click();
        await page.getByRole('button', { name: 'Create', exact: true }).click();
        await expect(page.getByText('Type an ID.')).toBeVisible();
      },
    },
    {
      name: 'a warning about jobs',
      within: 'form',
      bringAbout: async (page) => {
        await openEditor(page, 'train-llm');
        await field(page, '16c64g').fill('1');
        await field(page, 'gpu_a10').fill('9');
        await expect(page.getByText(/short/).first()).toBeVisible();
      },
    },
    {
      name: 'the question about jobs',
      within: 'form',
      bringAbout: async (page) => {
        await openEditor(page, 'etl-nightly');
        await field(page, '4c8g').fill('0');
        await saveButton(page).click();
        await expect(page.getByRole('region', { name: 'Running jobs may lose a node' })).toBeVisible();
      },
    },
    {
      name: 'a shortage',
      within: 'form',
      bringAbout: async (page) => {
        await openEditor(page, 'ci');
        await field(page, '4c8g').fill('99');
        await saveButton(page).click();
        await expect(page.getByRole('region', { name: 'Not enough nodes' })).toBeVisible();
      },
    },
    {
      name: 'a conflict',
      within: 'form',
      bringAbout: async (page, simulator) => {
        await openEditor(page, 'notebooks');
        await field(page, '4c8g').fill('6');
        await simulator.editCluster('notebooks', { '4c8g': 4, '8c16g': 2 });
        await saveButton(page).click();
        await page
          .getByRole('region', { name: 'Changed by someone else' })
          .getByRole('button', { name: 'Save merged' })
          .click();
        await expect(page.getByText('Choose one.')).toBeVisible();
      },
    },
    {
      name: 'a save that is done',
      within: 'article',
      bringAbout: async (page) => {
        await openEditor(page, 'feature-store');
        await field(page, '16c64g').fill('5');
        await saveButton(page).click();
        await expect(page.getByRole('region', { name: 'feature-store is saved' })).toBeVisible();
      },
    },
    {
      name: 'an outcome that is not known',
      within: 'article',
      bringAbout: async (page, simulator) => {
        await openEditor(page, 'serving');
        await field(page, '8c16g').fill('6');
        await simulator.faults({ method: 'POST', path: '/virtual_clusters', kind: 'loseRequest', times: 1 });
        await saveButton(page).click();
        await expect(page.getByRole('region', { name: 'Not known yet' })).toBeVisible();
      },
    },
  ],
  'what was deleted or waits for it, the nodes, the journal and usage': [
    {
      name: 'a list after a delete',
      bringAbout: async (page) => {
        await visit(page, '/clusters/ci');
        await page.getByRole('button', { name: 'Delete', exact: true }).click();
        await deleteInDialog(page, 'ci', 'Delete virtual cluster');
        await expect(page.getByRole('region', { name: 'ci was deleted' })).toBeVisible();
      },
    },
    {
      name: 'a deletion that waits',
      bringAbout: async (page) => {
        await visit(page, '/clusters/etl-nightly');
        await page.getByRole('button', { name: 'Delete', exact: true }).click();
        await deleteInDialog(page, 'etl-nightly', 'Delete when idle');
        await expect(page.getByRole('region', { name: 'Will be deleted when idle' })).toBeVisible();
        await expect(rowOf(page, 'etl-nightly')).toContainText('Will be deleted when idle');
      },
    },
    {
      name: 'the map',
      within: 'main',
      bringAbout: async (page) => {
        await visit(page, '/nodes');
        await expect(page.getByRole('application')).toHaveAttribute('data-drawn', /./);
        await page.getByRole('application').press('ArrowDown');
        await page.keyboard.press('Enter');
        await expect(page.getByRole('region', { name: /^Node / }).getByText('Host')).toBeVisible();
      },
    },
    {
      name: 'as a table',
      within: 'main',
      bringAbout: async (page) => {
        await visit(page, '/nodes?view=table');
        await expect(page.getByRole('table', { name: 'Nodes', exact: true }).getByRole('row').nth(3)).toBeVisible();
      },
    },
    {
      name: 'with a change open',
      within: 'main',
      bringAbout: async (page, simulator) => {
        await simulator.createCluster('in-the-journal', false, { '4c8g': 1 });
        await visit(page, '/journal?cluster=in-the-journal');
        await page
          .getByRole('button', { name: /^Details/ })
          .first()
          .click();
        await expect(page.getByText('Change ID')).toBeVisible();
      },
    },
    {
      name: 'filtered, and what Revert… asks',
      within: 'main',
      bringAbout: async (page, simulator) => {
        await simulator.createCluster('reverted', false, { '4c8g': 1 });
        const { revision } = (await simulator.cluster('reverted')) ?? { revision: '0' };
        const body = `{"virtualClusterId": "reverted", "divisible": false, "replicaSets": {"4c8g": 2}, "revision": ${revision}}`;
        await page.request.post('/virtual_clusters', {
          headers: { 'Content-Type': 'application/json' },
          data: Buffer.from(body),
        });
        await simulator.deleteCluster('reverted');
        await visit(page, '/journal?cluster=reverted&from=2020-01-01');
        await page
          .getByRole('button', { name: /^Details: 4c8g 1 → 2/ })
          .first()
          .click();
        await page.getByRole('button', { name: 'Revert…' }).click();
        await expect(page.getByRole('group', { name: 'Revert…' })).toContainText('reverted is gone.');
      },
    },
    {
      name: 'over time',
      within: 'main',
      bringAbout: async (page) => {
        await visit(page, '/usage');
        await expect(page.getByRole('slider')).toBeVisible();
        await expect(page.getByRole('button', { name: 'Give back…: 4c8g of notebooks' })).toBeVisible();
      },
    },
    {
      name: 'as a table',
      within: 'figure',
      bringAbout: async (page) => {
        await page.getByRole('button', { name: 'Show as table' }).click();
        await expect(page.getByRole('button', { name: 'Show as chart' })).toBeVisible();
      },
    },
  ],
  'a Ray in trouble': [
    {
      name: 'the simulation',
      within: '[role=dialog]',
      bringAbout: async (page) => {
        await visit(page, '/clusters/ci');
        await page.getByRole('button', { name: 'Simulation' }).click();
        const drawer = page.getByRole('dialog', { name: 'Simulation' });
        await drawer.getByRole('textbox', { name: 'Seed' }).fill('x');
        await drawer.getByRole('button', { name: 'Lose the next reply' }).click();
        await expect(drawer.getByRole('status')).toContainText('The next save will take effect');
      },
    },
    {
      name: 'no virtual cluster yet',
      within: 'main',
      bringAbout: async (page, simulator) => {
        await page.keyboard.press('Escape');
        await simulator.reset({ scenario: 'empty' });
        await visit(page, '/clusters');
        await expect(page.getByText(/^No virtual clusters yet\./)).toBeVisible();
      },
    },
    {
      name: 'the state API down',
      within: 'main',
      bringAbout: async (page, simulator) => {
        await simulator.reset({ scenario: 'busy' });
        await visit(page, '/clusters');
        await expect(page.getByRole('region', { name: 'Free nodes' })).toContainText('at most');
      },
    },
    {
      name: 'what a restarted Ray has lost',
      bringAbout: async (page, simulator) => {
        await simulator.reset();
        await visit(page, '/clusters');
        await expect(rowOf(page, 'ci')).toBeVisible();
        await simulator.restart();
        const banner = page.getByRole('region', { name: /Ray was restarted/ });
        await banner.getByRole('button', { name: 'Re-create…' }).click();
        await expect(banner.getByRole('button', { name: 'Review and create ci' })).toBeVisible();
      },
    },
    {
      name: 'Ray away',
      bringAbout: async (page, simulator) => {
        await simulator.reset();
        await visit(page, '/clusters/ci');
        await expect(rowOf(page, 'ci')).toBeVisible();
        await simulator.setAway(true);
        await expect(page.getByRole('region', { name: /^Ray unreachable since/ })).toBeVisible();
      },
    },
  ],
};

async function deleteInDialog(page: Page, id: string, button: string): Promise<void> {
  await page.getByRole('dialog').getByRole('textbox').fill(id);
  await page.getByRole('dialog').getByRole('button', { name: button }).click();
}

async function setTheme(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, forcedColors: 'none' });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
  // On a busy machine the frame that paints the new theme comes late, and axe would read colours of both.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

for (const [journey, screens] of Object.entries(journeys)) {
  test(`axe finds nothing wrong in both themes: ${journey}`, async ({ page, simulator }) => {
    // Several screens, each checked twice.
    test.setTimeout(180_000);
    let [theme, other] = ['light', 'dark'] as ['light' | 'dark', 'light' | 'dark'];
    for (const { name, within, bringAbout } of screens) {
      await bringAbout(page, simulator);
      expect.soft(await axeViolations(page, { within }), `${name}, ${theme}`).toEqual([]);
      // The themes differ only in colours, and the next screen begins in this one.
      [theme, other] = [other, theme];
      await setTheme(page, theme);
      expect.soft(await axeViolations(page, { within, coloursOnly: true }), `${name}, ${theme}`).toEqual([]);
    }
  });
}

test('axe finds nothing wrong in forced colours, where only the system paints', async ({ page }) => {
  await test.step('what is asked of axe: each look once, and whether it is found wrong', async () => {
    const pale = (text: string, colour: string) => `<li style="color: ${colour}">${text}</li>`;
    await page.setContent(
      `<html lang="en"><title>Pale</title><main><h1>Pale</h1><ul>${pale('-', '#bbb')}${pale('one', '#bbb')}${pale('two', '#bbb')}${pale('three', '#ccc')}</ul></main></html>`,
    );
    const [found = '', ...others] = await axeViolations(page, { within: 'main' });
    expect(found).toMatch(/^color-contrast: /);
    expect([found.match(/li:nth-child\(\d\)/g), others]).toEqual([['li:nth-child(2)', 'li:nth-child(4)'], []]);
  });
  const drawn = { '/clusters/serving': 'article tbody tr[aria-rowindex]', '/nodes?cluster=serving': '[data-drawn]' };
  for (const [path, selector] of Object.entries(drawn)) {
    await page.emulateMedia({ forcedColors: 'active' });
    await page.goto(path);
    await expect(page.locator(selector).first()).toBeAttached();
    expect.soft(await axeViolations(page, { coloursOnly: true }), path).toEqual([]);
  }
  await test.step('which kind is chosen is seen: Ray never changes it later', async () => {
    await page.goto('/new');
    const kind = page.getByRole('switch', { name: 'Divisible' });
    const card = kind.locator('..');
    // It has the focus, and its ring, in both pictures.
    await kind.focus();
    const whenOff = await card.screenshot();
    await kind.press('ArrowRight');
    await expect(kind).toBeChecked();
    expect((await card.screenshot()).equals(whenOff)).toBe(false);
  });
  await test.step('where one is in the matrix is seen', async () => {
    await page.goto('/?view=matrix&count=idle');
    const cell = page.getByRole('row', { name: /^ci/ }).getByRole('gridcell').nth(1);
    await cell.click();
    const active = await cell.screenshot();
    await page.keyboard.press('ArrowRight');
    expect((await cell.screenshot()).equals(active)).toBe(false);
  });
});
