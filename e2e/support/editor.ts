import { expect, type Locator, type Page } from '@playwright/test';
import { visit } from './visit.ts';

/** A template's field in the editor. */
export function field(page: Page, templateId: string): Locator {
  return page.getByRole('spinbutton', { name: templateId, exact: true });
}

/** Opens a virtual cluster's editor and waits until it is ready. */
export async function openEditor(page: Page, id: string): Promise<void> {
  await visit(page, `/clusters/${encodeURIComponent(id)}/edit`);
  await expect(page.getByRole('heading', { name: `Edit ${id}`, exact: true })).toBeVisible();
}

/** Opens the form for a new virtual cluster and waits for its fields. */
export async function openNewClusterForm(page: Page, aTemplate = '4c8g'): Promise<void> {
  await visit(page, '/new');
  await expect(page.getByRole('heading', { name: 'New virtual cluster', exact: true })).toBeVisible();
  await expect(field(page, aTemplate)).toBeVisible();
}

export function saveButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Save changes', exact: true });
}

/** The text of each template's field. */
export async function typedValues(page: Page, ...templateIds: readonly string[]): Promise<Record<string, string>> {
  const entries = await Promise.all(
    templateIds.map(async (templateId) => [templateId, await field(page, templateId).inputValue()] as const),
  );
  return Object.fromEntries(entries);
}
