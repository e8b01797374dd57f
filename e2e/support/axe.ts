import type { Page } from '@playwright/test';
import axe from 'axe-core';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** What an analysis looks at. */
interface Look {
  /** A selector; the whole page unless given. */
  readonly within?: string | undefined;
  /** Only the rules about colours: all that differs between two themes of a screen that was looked at. */
  readonly coloursOnly?: boolean;
}

const colourRules = ['color-contrast', 'link-in-text-block'];

/** On an element whose colours are like those of one before. */
const REPEATED = 'data-axe-repeated';

/**
 * What axe finds wrong, as text. Colours take axe four times as long as all of its other rules, since it looks for what is below each
 * text: it gets one text of each look, and so one row of a table instead of all.
 */
export async function axeViolations(page: Page, look: Look = {}): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(axe.source);
    await page.evaluate(
      (mark) => window.axe.configure({ rules: [{ id: 'color-contrast', selector: `:not([${mark}])` }] }),
      REPEATED,
    );
  }
  const within = look.within ?? null;
  await page.evaluate(markRepeated, { within, mark: REPEATED });
  const found = await page.evaluate(
    async ([root, rules]) => {
      const { violations } = await window.axe.run(root ?? document, {
        resultTypes: ['violations'],
        ...(rules === null ? {} : { runOnly: { type: 'rule', values: rules } }),
      });
      return violations.map(({ id, nodes }) => ({
        id,
        nodes: nodes.map(({ target, failureSummary }) => `${String(target)} ${failureSummary ?? ''}`),
      }));
    },
    [within, look.coloursOnly === true ? colourRules : null] as const,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.join(' | ')}`);
}

/**
 * Marks each element that looks as one before it does, inside ancestors that look as those do: axe would say the same of it. Runs in
 * the page.
 */
function markRepeated({ within, mark }: { readonly within: string | null; readonly mark: string }): void {
  const looks = new Map<string, number>();
  const lookOf = new Map<Element, number>();
  const looksInside = new Set<number>();
  for (const element of document.querySelectorAll('*')) {
    const text = [...element.childNodes]
      .map((node) => (node instanceof Text ? node.data : ''))
      .join('')
      .trim();
    const style = getComputedStyle(element);
    const look = [
      element.parentElement === null ? 0 : lookOf.get(element.parentElement),
      element.tagName,
      element.getAttribute('class'),
      // Axe is milder with a text of one character, and has nothing to say of none.
      /[\p{L}\p{N}]{2}/u.test(text) ? 'words' : text,
      ...[...element.attributes]
        .filter(({ name }) => name !== mark)
        .map(({ name, value }) => (value === 'true' || value === 'false' ? `${name}=${value}` : name)),
      style.color,
      style.backgroundColor,
      style.backgroundImage,
      style.opacity,
      style.filter,
      style.fontSize,
      style.fontWeight,
      style.textShadow,
      style.visibility,
      style.display,
    ].join('\n');
    const known = looks.get(look) ?? looks.size;
    looks.set(look, known);
    lookOf.set(element, known);
    const isInside = within === null || element.closest(within) !== null;
    // A field's text is no node of its own.
    const isField = element.matches('input, textarea, select');
    element.toggleAttribute(mark, isInside && !isField && looksInside.has(known));
    if (isInside) looksInside.add(known);
  }
}
