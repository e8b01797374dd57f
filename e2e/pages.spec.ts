import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { visit } from './support/visit.ts';

interface PageUnderTest {
  readonly path: string;
  /** What shows that it is drawn. */
  readonly drawn: string;
  /** What assistive technology finds, in this order. What stands between is left out: ages, counts, words of their own tests. */
  readonly tree: readonly string[];
}

const pages: readonly PageUnderTest[] = [
  {
    path: '/clusters',
    drawn: 'h2:has-text("Needs attention")',
    tree: [
      'main',
      'heading "Virtual clusters" [level=1]',
      'group "View"',
      'radio "List" [checked]',
      'radio "Matrix"',
      'button "New virtual cluster"',
      'region "Free nodes"',
      'heading "Free nodes" [level=2]',
      'list "Parts of the bars"',
      'button "Fold the overview" [expanded]',
      'list "Free nodes"',
      'region "Needs attention',
      'table "Virtual clusters"',
      'columnheader "Select all that are shown ID"',
      'columnheader "Kind"',
      'columnheader "Replica sets"',
    ],
  },
  {
    path: '/clusters/serving',
    drawn: 'article tbody tr[aria-rowindex]',
    tree: [
      'article "serving"',
      'heading "serving" [level=2]',
      'button "Edit"',
      'region "Replica sets"',
      'heading "Replica sets" [level=3]',
      'table "Replica sets"',
      'region "Owner"',
      'region "Used by"',
      'region "Usage"',
      'region "Nodes"',
      'table "Nodes of serving"',
      'region "History"',
    ],
  },
  {
    path: '/clusters/serving/edit',
    drawn: 'form input',
    tree: [
      'heading "Edit serving" [level=2]',
      'switch "Divisible"',
      'columnheader "Template"',
      'columnheader "Now"',
      'columnheader "Want"',
      'button "Save changes" [disabled]',
      'button "Discard"',
    ],
  },
  {
    path: '/new',
    drawn: 'form input',
    tree: [
      'heading "New virtual cluster" [level=2]',
      'textbox "Virtual cluster ID"',
      'switch "Divisible"',
      'spinbutton "4c8g"',
      'button "Create"',
    ],
  },
  {
    path: '/clusters?view=matrix',
    drawn: '[role="grid"] [data-at]',
    tree: [
      'main',
      'heading "Virtual clusters" [level=1]',
      'radio "Matrix" [checked]',
      'group "Count"',
      'radio "Held" [checked]',
      'grid "Virtual clusters by template"',
    ],
  },
  {
    path: '/nodes?cluster=serving',
    drawn: '[role="application"][data-drawn]',
    tree: [
      'main',
      'heading "Node map" [level=1]',
      'group "Group by"',
      'radio "Virtual cluster" [checked]',
      'group "Colour"',
      'radio "Virtual cluster" [checked]',
      'search',
      'searchbox "Find a node by ID, host or template"',
      'group "States"',
      'button "Used',
      'button "Reserved',
      'button "Idle',
      'button "Free',
      'button "Arriving',
      'button "Dead',
      'button "Unknown',
      'group "Zoom"',
      'button "Zoom in"',
      'button "Zoom out"',
      'button "Show all"',
      'application "Map of all nodes"',
      'region "serving"',
      'heading "serving"',
    ],
  },
  {
    path: '/nodes?view=table',
    drawn: 'tbody tr[aria-rowindex]',
    tree: [
      'main',
      'heading "Node map" [level=1]',
      'navigation "View"',
      'link "Map"',
      'link "Table"',
      'table "Nodes"',
      'columnheader "Node"',
      'columnheader "Host"',
      'columnheader "Template"',
      'columnheader "State"',
    ],
  },
  {
    path: '/journal',
    drawn: 'main table tbody tr',
    tree: [
      'main',
      'heading "Journal" [level=1]',
      'combobox "Virtual cluster"',
      'combobox "Outcome"',
      'textbox "From day"',
      'textbox "To day"',
      'table "Changes, newest first"',
    ],
  },
  {
    path: '/usage',
    drawn: 'main figure canvas',
    tree: [
      'main',
      'heading "Usage" [level=1]',
      'radio "7 d" [checked]',
      'combobox "Template"',
      'slider',
      'heading "Idle capacity" [level=2]',
      'heading "Summary" [level=2]',
      'table "Node-hours by virtual cluster and template"',
    ],
  },
  {
    path: '/plans',
    drawn: 'main h1',
    tree: ['main', 'heading "Plans" [level=1]', 'link "Make one from a fleet file"', 'button "Move nodes…"'],
  },
  {
    path: '/fleet-file',
    drawn: 'textarea',
    tree: [
      'main',
      'heading "Fleet file" [level=1]',
      'heading "Write a file" [level=2]',
      'heading "Open a file" [level=2]',
      'textbox "Text of the fleet file"',
    ],
  },
];

/** Those of the parts that the page's tree has, in this order. */
async function inOrder(page: Page, parts: readonly string[]): Promise<readonly string[]> {
  const lines = (await page.locator('body').ariaSnapshot()).split('\n').map((line) => line.replace(/^[\s'-]+/, ''));
  let at = 0;
  return parts.filter((part) => {
    const found = lines.findIndex((line, index) => index >= at && line.startsWith(part));
    if (found >= 0) at = found + 1;
    return found >= 0;
  });
}

/** What can be pressed and is smaller than 24 by 24 pixels, except links within a sentence and what has a larger label. */
function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    for (const element of document.querySelectorAll<HTMLElement>('a[href], button, input, select, summary, textarea')) {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      if (element.closest('[aria-hidden="true"], .visually-hidden') !== null) continue;
      const isInline = element.tagName === 'A' && getComputedStyle(element).display === 'inline';
      const isWord = element.closest('p, h1, h2, h3, th, dt, legend') !== null && element.textContent !== '';
      const box = (element.closest('label') ?? element).getBoundingClientRect();
      if (isInline || isWord || box.width <= 1 || (box.width >= 23.5 && box.height >= 23.5)) continue;
      const name = element.getAttribute('aria-label') ?? element.textContent.trim();
      found.add(
        `${element.tagName.toLowerCase()} ${name.slice(0, 30)} ${String(Math.round(box.width))} × ${String(Math.round(box.height))}`,
      );
    }
    return [...found];
  });
}

/** What is wider than the page, and does not scroll by itself: it is cut, or makes the page scroll both ways. */
function tooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrollsItself = (element: Element): boolean => {
      for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (['auto', 'scroll'].includes(style.overflowX) && at.id !== 'content') return true;
        if (style.textOverflow === 'ellipsis' && at !== element) return true;
        if (style.clipPath !== 'none' || at.tagName === 'svg' || at.tagName === 'CANVAS') return true;
      }
      return false;
    };
    const wide = [...document.querySelectorAll('main *')].filter(
      (element) =>
        element.checkVisibility() && element.getBoundingClientRect().right > width + 1 && !scrollsItself(element),
    );
    return wide.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
}

for (const [half, some] of [pages.slice(0, 5), pages.slice(5)].entries())
  test(`every page, part ${String(half + 1)}: its tree, targets of 24 pixels, and at 400 % zoom nothing is cut or scrolls both ways`, async ({
    page,
  }) => {
    for (const { path, drawn, tree } of some) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await visit(page, path);
      await expect(page.locator(drawn).first()).toBeAttached();
      // Until it stands there in place of the page before.
      await expect.poll(() => inOrder(page, tree), { message: path }).toEqual(tree);
      expect.soft(await smallTargets(page), path).toEqual([]);
      await page.setViewportSize({ width: 320, height: 256 });
      await expect(page.locator(drawn).first()).toBeAttached();
      expect.soft(await smallTargets(page), `${path}, 400 %`).toEqual([]);
      // A chart takes the page's new width a frame later.
      await expect.poll(() => tooWide(page), { message: `${path}, 400 %`, timeout: 10_000 }).toEqual([]);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
    }
  });
