import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { storeLink, redeemLink } from './link-folder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-links-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const anna = { name: 'anna', grant: { role: 'operator', clusters: ['team-a-*'] } } as const;

test('a link that was left is taken once', () => {
  const clock = createHandClock();
  storeLink(join(folder, 'links'), 'abc', anna, clock);
  expect(redeemLink(join(folder, 'links'), 'abd', clock)).toBeNull();
  expect(redeemLink(join(folder, 'links'), 'abc', clock)).toEqual(anna);
  expect(redeemLink(join(folder, 'links'), 'abc', clock)).toBeNull();
});

test('an old one is of no use, and is cleared away', async () => {
  const clock = createHandClock();
  storeLink(folder, 'one', anna, clock);
  storeLink(folder, 'two', anna, clock);
  await clock.advance(15 * 60_000);
  expect(redeemLink(folder, 'one', clock)).toBe('expired');
  expect(redeemLink(folder, 'one', clock)).toBeNull();
  storeLink(folder, 'three', anna, clock);
  expect(readdirSync(folder)).toEqual(['three.json']);
});
