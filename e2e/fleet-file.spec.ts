import { expect, test } from './support/fixtures.ts';

test('the fleet is written as a file, and one that is opened tells where it is wrong, how the fleet differs, and becomes a plan', async ({
  page,
  simulator,
}) => {
  await simulator.reset();
  await page.goto('/fleet-file?only=ci&only=serving');
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const written = await (await waiting).createReadStream();
  let file = '';
  for await (const part of written) file += String(part);
  expect(file).toContain('id: ci');
  expect(file).not.toContain('notebooks');

  // What was written is no drift; the rest is only there to be left alone.
  const field = page.getByRole('textbox', { name: 'Text of the fleet file' });
  await field.fill(file);
  await expect(page.getByText('The fleet is as the file says.')).toBeVisible();
  await expect(page.getByText('4 virtual clusters are not in the file and stay as they are.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Review plan' })).toBeHidden();

  await field.fill(file.replace('id: serving', 'idd: serving'));
  const problem = page.getByRole('alert');
  await expect(problem).toContainText('Nothing is named "idd" here.');
  await problem
    .getByRole('button', { name: /^Line \d+, column 5$/ })
    .first()
    .click();
  await expect(field).toBeFocused();

  await page.getByLabel('Choose a file…').setInputFiles({
    name: 'teams.yaml',
    mimeType: 'text/yaml',
    buffer: Buffer.from(file.replace('4c8g: 3', '4c8g: 2')),
  });
  const drift = page.getByRole('list', { name: 'How the fleet differs' }).getByRole('listitem');
  await expect(drift).toHaveText([/ci ?~ Resize: 4c8g 3 → 2/]);
  await page.getByRole('checkbox', { name: 'Delete what the file does not name' }).check();
  await expect(drift).toHaveCount(5);
  await page.getByRole('checkbox', { name: 'Delete what the file does not name' }).uncheck();
  await page.getByRole('button', { name: 'Review plan' }).click();
  await expect(page.getByRole('heading', { name: 'Apply teams.yaml' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Steps' }).getByRole('listitem')).toHaveText([/ci Resize: 4c8g 3 → 2/]);
});
