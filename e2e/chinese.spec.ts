import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe.ts';
import { expect, rowOf, test } from './support/fixtures.ts';
import { field } from './support/editor.ts';
import { visit } from './support/visit.ts';

test.use({ locale: 'zh-CN' });

const save = (page: Page) => page.getByRole('button', { name: '保存更改', exact: true });

test('a browser that reads Chinese: a team is created, lacks nodes, meets another change, and is deleted', async ({
  page,
  simulator,
}) => {
  await simulator.reset({ templates: { '4c8g': 6 } });
  await page.goto('/clusters');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.getByRole('button', { name: '新建虚拟集群' }).click();
  await page.getByRole('textbox', { name: '虚拟集群 ID' }).fill('team');
  await field(page, '4c8g').fill('2');
  await page.getByRole('button', { name: '创建', exact: true }).click();
  const created = page.getByRole('region', { name: 'team 已创建' });
  await expect(created).toContainText('增加 2 个节点');
  await expect(page).toHaveTitle(/^team · 虚拟集群控制台|team/);

  await page.getByRole('button', { name: '编辑', exact: true }).click();
  await expect(page.getByRole('heading', { name: '编辑 team' })).toBeVisible();
  await field(page, '4c8g').fill('9');
  await save(page).click();
  const shortage = page.getByRole('region', { name: '节点不足' });
  await expect(shortage.getByRole('columnheader', { name: '可增加' })).toBeVisible();
  await expect(shortage).toContainText('将保存 4c8g 6。');
  await field(page, '4c8g').fill('5');

  await simulator.editCluster('team', { '4c8g': 3 });
  await save(page).click();
  const conflict = page.getByRole('region', { name: '已被他人更改' });
  await conflict.getByRole('radio', { name: '对方的' }).check();
  await expect(conflict).toContainText('这正是它现在的状态');
  await conflict.getByRole('radio', { name: '我的' }).check();
  await conflict.getByRole('button', { name: '保存合并结果' }).click();
  await expect(page.getByRole('region', { name: 'team 已保存' })).toContainText('它有 4c8g 5。');
  expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 5 });

  await page.getByRole('button', { name: '删除', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '删除 team' });
  await expect(dialog).toContainText('5 个节点将归还空闲池。');
  await dialog.getByRole('textbox', { name: '输入 team 以确认' }).fill('team');
  await dialog.getByRole('button', { name: '删除虚拟集群' }).click();
  await expect(page.getByRole('region', { name: 'team 已删除' })).toContainText('移除 5 个节点');
  expect(await simulator.cluster('team')).toBeNull();
});

test('the language is switched in the menu and in the palette; what is typed stays, and nobody is asked', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.goto('/clusters/ci/edit');
  await field(page, '4c8g').fill('7');
  await expect(rowOf(page, 'ci')).toContainText('未保存');
  await page.getByRole('button', { name: '账户与主题' }).click();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Edit ci' })).toBeVisible();
  await expect(field(page, '4c8g')).toHaveValue('7');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search everything' }).fill('中文');
  await page.getByRole('option', { name: 'Language: 简体中文' }).click();
  await expect(page.getByRole('heading', { name: '编辑 ci' })).toBeVisible();
  await expect(field(page, '4c8g')).toHaveValue('7');
  expect(asked).toEqual([]);
});

/** A screen, and what shows that it is there. */
const screens: readonly (readonly [path: string, shown: (page: Page) => ReturnType<Page['getByRole']>])[] = [
  ['/clusters/serving', (page) => page.getByRole('region', { name: '使用者' })],
  ['/usage', (page) => page.getByRole('slider')],
];

test('sentences that follow each other have no space between them', async ({ page }) => {
  for (const [path, says] of [
    ['/journal', /其他事件。\S/],
    ['/usage', /为模拟数据。\S/],
  ] as const) {
    await visit(page, path);
    await expect(page.getByRole('main')).toContainText(says);
  }
});

test('axe finds nothing wrong in Chinese in both themes', async ({ page }) => {
  for (const [path, shown] of screens) {
    await page.emulateMedia({ colorScheme: 'light' });
    await visit(page, path);
    await expect(shown(page)).toBeVisible();
    expect(await axeViolations(page), path).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    // On a busy machine the frame that paints the new theme comes late, and axe would read colours of both.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect(await axeViolations(page, { coloursOnly: true }), `${path}, dark`).toEqual([]);
  }
});
