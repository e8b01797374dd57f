import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { Conversation } from '../../simulator/conformance/conversation.ts';
import type { Target } from '../../simulator/conformance/target.ts';
import { fileOf } from './apply-file.ts';
import type { PackedConsole } from './packed-console.ts';

/** What an administrator does in a browser on the installed package, with the command line beside it. `jobs`: it needs a Ray that runs jobs. */
interface PageCase {
  readonly name: string;
  readonly jobs?: true;
  readonly run: (page: Page, console: PackedConsole, target: Target) => Promise<void>;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const stepsOf = (page: Page) => page.getByRole('region', { name: 'Steps' }).getByRole('listitem');
const untilShown = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words }).waitFor();

/** Puts a file into the page and goes to the plan that it becomes. */
async function planFile(page: Page, console: PackedConsole, text: string): Promise<void> {
  await page.goto(`${console.address}/fleet-file`);
  await page.getByRole('textbox', { name: 'Text of the fleet file' }).fill(text);
  await button(page, 'Review plan').click();
  await stepsOf(page).first().waitFor();
}

export const pageCases: readonly PageCase[] = [
  {
    name: 'a node goes from a virtual cluster in which a job runs to another one, and back, by the page',
    jobs: true,
    run: async (page, console, target) => {
      const before = fileOf({ night: { '4c8g': 2 }, day: { '4c8g': 1 } }, 'night');
      expect(await console.run(before, 'apply', '--yes', '--console', console.address)).toMatchObject({ code: 0 });
      const script = new Conversation(target);
      const job = await script.runJob({ clusterId: 'night', replicaSets: { '4c8g': 1 } });
      await page.goto(`${console.address}/plans`);
      await button(page, 'Move nodes…').click();
      await page.getByLabel('Template').selectOption('4c8g');
      await page.getByLabel('From').selectOption('night');
      await page.getByLabel('To').selectOption('day');
      await page.getByLabel('Nodes', { exact: true }).fill('1');
      await button(page, 'Make a plan').click();
      await button(page, 'Run').click();
      await untilShown(page, 'Finished · 2 of 2 done');
      await script.untilJob(job, ['RUNNING']);
      const moved = fileOf({ night: { '4c8g': 1 }, day: { '4c8g': 2 } }, 'night');
      expect(await console.run(moved, 'diff', '--console', console.address)).toMatchObject({ code: 0 });
      await button(page, 'Undo what was done…').click();
      await page.getByRole('heading', { name: /^Undo of / }).waitFor();
      await button(page, 'Run').click();
      await untilShown(page, 'Finished · 2 of 2 done');
      await script.untilJob(job, ['RUNNING']);
      expect(await console.run(before, 'diff', '--console', console.address)).toMatchObject({ code: 0 });
      await script.finishJob(job);
    },
  },
  {
    name: 'a plan that is short of nodes warns, does what fits, says what is lacking, and ends without the rest, by the page',
    run: async (page, console) => {
      const wanted = fileOf({ large: { '4c8g': 9 }, small: { '8c16g': 1 } });
      await planFile(page, console, wanted);
      await page.getByText('lacks 6 nodes of 4c8g').first().waitFor();
      await button(page, 'Run').click();
      await button(page, 'Run it').click();
      await untilShown(page, 'Stopped · 1 of 2 done');
      const texts = await stepsOf(page).allInnerTexts();
      expect(texts).toMatchObject(
        [/small.*Done/s, /large.*Did not succeed/s].map((each) => expect.stringMatching(each)),
      );
      await button(page, 'Skip large').click();
      await untilShown(page, 'Finished');
      expect(await console.run(wanted, 'apply', '--yes', '--console', console.address)).toMatchObject({ code: 1 });
    },
  },
  {
    name: 'a file is applied and then is no drift, by the page and by the command line on Ray itself',
    run: async (page, console, target) => {
      const first = fileOf({ a: { '4c8g': 2, my_node_type: 1 }, b: { '4c8g': 1 }, c: {} }, 'b');
      await planFile(page, console, first);
      await button(page, 'Run').click();
      await untilShown(page, 'Finished · 3 of 3 done');
      await page.goto(`${console.address}/fleet-file`);
      await page.getByRole('textbox', { name: 'Text of the fleet file' }).fill(first);
      await page.getByText('The fleet is as the file says.').waitFor();
      const ray = ['--ray-address', console.rayAddress];
      expect(await console.run(first, 'diff', ...ray)).toMatchObject({ code: 0 });
      // One gives what the other takes, in two templates: neither can go first as a whole. The page follows.
      const second = fileOf({ a: { '4c8g': 1, '8c16g': 3 }, d: { '4c8g': 1, my_node_type: 2 } });
      expect(await console.run(second, 'apply', '--yes', '--prune', ...ray)).toMatchObject({ code: 0 });
      await page.getByRole('list', { name: 'How the fleet differs' }).waitFor();
      await page.getByRole('textbox', { name: 'Text of the fleet file' }).fill(second);
      await page.getByText('The fleet is as the file says.').waitFor();
      expect(await new Conversation(target).members('d')).toHaveLength(3);
    },
  },
];
