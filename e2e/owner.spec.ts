import type { APIRequestContext, Page } from '@playwright/test';
import { profileReply } from '../src/contract/cluster-profile.ts';
import { CONSOLE_HEADER, paths } from '../src/contract/paths.ts';
import { EMPTY_PROFILE, type ClusterProfile } from '../src/domain/cluster-profile.ts';
import { axeViolations } from './support/axe.ts';
import { openNewClusterForm } from './support/editor.ts';
import { expect, rowOf, test } from './support/fixtures.ts';
import { visit } from './support/visit.ts';

// Profiles outlive the simulated Ray, so that each test has a virtual cluster of its own.

/** What somebody else sets, on top of what is there. */
async function setElsewhere(request: APIRequestContext, id: string, given: Partial<ClusterProfile>): Promise<void> {
  const { now } = profileReply.parse(await (await request.get(paths.clusterProfile(id))).json());
  const reply = await request.put(paths.clusterProfile(id), {
    headers: { [CONSOLE_HEADER]: '1' },
    data: { expectedVersion: now?.version ?? 0, profile: { ...(now?.profile ?? EMPTY_PROFILE), ...given } },
  });
  expect(reply.status()).toBe(200);
}

const region = (page: Page) => page.getByRole('region', { name: 'Owner', exact: true });
const field = (page: Page, name: string) => region(page).getByRole('textbox', { name });

test('an owner is set, found, and offered to the one that comes after', async ({
  page,
  context,
  request,
  simulator,
}) => {
  await test.step('an owner is set by keyboard, is there in every tab, and is found in the list', async () => {
    await simulator.createCluster('owned-edit', false, { '4c8g': 1 });
    const other = await context.newPage();
    await other.goto('/clusters/owned-edit');
    await page.goto('/clusters/owned-edit');
    await expect(region(page)).toContainText('No owner');
    await region(page).getByRole('button', { name: 'Edit owner' }).press('Enter');
    await expect(field(page, 'Owner')).toBeFocused();
    await page.keyboard.type('Wei Zhang');
    await field(page, 'Link').fill('javascript:alert(1)');
    await field(page, 'Labels').fill('gpu, team=data');
    await page.keyboard.press('Enter');
    await expect(field(page, 'Link')).toBeFocused();
    await expect(region(page)).toContainText('A whole link, without a password, that begins with https:// or mailto:');
    await field(page, 'Link').fill('https://tickets.example.com/T-1');
    await page.keyboard.press('Enter');
    await expect(region(page).getByRole('button', { name: 'Edit owner' })).toBeFocused();
    await expect(page.getByRole('list', { name: 'Last changes' }).getByRole('listitem').first()).toContainText(
      'Owner: Wei Zhang, Link: ',
    );
    await expect(region(other)).toContainText('Wei Zhang');
    await expect(region(other).getByRole('link')).toHaveAttribute('href', 'https://tickets.example.com/T-1');

    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto('/clusters?q=label:gpu%20zhang&sort=owner');
    await expect(page.getByRole('columnheader', { name: 'Owner' })).toHaveAttribute('aria-sort', 'ascending');
    await expect(rowOf(page, 'owned-edit')).toContainText('Wei Zhang');
    await expect(rowOf(page, 'owned-edit')).toBeVisible();
    await expect(rowOf(page, 'ci')).toBeHidden();
    // Once, whatever room there is: else the order by owner tells nothing.
    for (const width of [1100, 768, 360, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await expect(rowOf(page, 'owned-edit').getByText('Wei Zhang').filter({ visible: true })).toHaveCount(1);
    }
  });
  await test.step('who a deleted virtual cluster was for is offered when its id is created again', async () => {
    await simulator.createCluster('owned-again', false, { '4c8g': 1 });
    await setElsewhere(request, 'owned-again', { owner: 'Wei', purpose: 'data-platform' });
    await visit(page, '/clusters');
    await expect(rowOf(page, 'owned-again')).toBeVisible();
    await request.delete(paths.virtualCluster('owned-again'), { headers: { [CONSOLE_HEADER]: '1' } });
    await expect(rowOf(page, 'owned-again')).toBeHidden();
    await openNewClusterForm(page);
    await page.getByRole('textbox', { name: 'ID' }).fill('owned-again');
    await expect(page.getByText(/was here before, for Wei \(data-platform\)/)).toBeVisible();
    await page.getByRole('button', { name: 'Start empty' }).click();
    await expect(page.getByText('The new one starts without an owner.')).toBeVisible();
    await page.getByRole('button', { name: 'Keep it after all' }).click();
    await expect(page.getByText(/The new one keeps that/)).toBeVisible();
  });
});

test('a second editor sees both sides before anything is overwritten, also after a reload', async ({
  page,
  request,
  simulator,
}) => {
  await simulator.createCluster('owned-twice', false, { '4c8g': 1 });
  await setElsewhere(request, 'owned-twice', { owner: 'Wei', purpose: 'notebooks' });
  await page.goto('/clusters/owned-twice');
  await region(page).getByRole('button', { name: 'Edit owner' }).click();
  await field(page, 'Owner').fill('Noor');
  await setElsewhere(request, 'owned-twice', { owner: 'Ines', purpose: 'training' });
  const conflict = page.getByRole('region', { name: 'local administrator changed this meanwhile' });
  await expect(conflict).toBeVisible();
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(conflict.getByRole('group', { name: 'Owner' })).toContainText(/Theirs\s*Ines\s*Yours\s*Noor/);
  await conflict.getByRole('radio', { name: /Yours/ }).check();
  await conflict.getByRole('button', { name: 'Continue with these' }).click();
  await expect(field(page, 'Purpose')).toHaveValue('training');
  await region(page).getByRole('button', { name: 'Save owner' }).click();
  await expect(region(page)).toContainText(/Noor.*training/s);
  await region(page).getByText('Earlier owners').click();
  await expect(region(page).getByRole('listitem').first()).toContainText('Ines → Noor');
  await region(page).getByRole('button', { name: 'Revert…' }).first().click();
  await expect(field(page, 'Owner')).toHaveValue('Ines');
});

test.describe('at 360 px', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('long, right-to-left and marked-up words stay text, inside the screen, and axe finds nothing', async ({
    page,
    request,
    simulator,
  }) => {
    await simulator.createCluster('owned-odd', false, { '4c8g': 1 });
    await setElsewhere(request, 'owned-odd', {
      owner: '<img src=x onerror=document.body.remove()>',
      contact: 'צוות הנתונים',
      purpose: 'x'.repeat(280),
      link: `https://tickets.example.com/${'y'.repeat(300)}`,
      labels: Array.from({ length: 20 }, (_, n) => `label-${String(n)}=${'z'.repeat(50)}`),
    });
    await page.goto('/clusters/owned-odd');
    await expect(region(page)).toContainText('<img src=x onerror=document.body.remove()>');
    await expect(region(page).locator('img')).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const own = `[aria-labelledby="${(await region(page).getAttribute('aria-labelledby')) ?? ''}"]`;
    expect(await axeViolations(page, { within: own })).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await region(page).getByRole('button', { name: 'Edit owner' }).click();
    await expect(field(page, 'Purpose')).toHaveValue('x'.repeat(280));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await axeViolations(page, { within: own })).toEqual([]);
  });
});
