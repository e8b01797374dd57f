import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHandClock } from '../backend/testing/hand-clock.ts';
import { leaveLink, takeLink } from './link-folder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-links-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const anna = { who: 'anna', grant: { role: 'operator', clusters: ['team-a-*'] } } as const;

test('a link that was left is taken once', () => {
  const clock = createHandClock();
  leaveLink(join(folder, 'links'), 'abc', anna, clock);
  expect(takeLink(join(folder, 'links'), 'abd', clock)).toBeNull();
  expect(takeLink(join(folder, 'links'), 'abc', clock)).toEqual(anna);
  expect(takeLink(join(folder, 'links'), 'abc', clock)).toBeNull();
});

test('an old one is of no use, and is cleared away', async () => {
  const clock = createHandClock();
  leaveLink(folder, 'one', anna, clock);
  leaveLink(folder, 'two', anna, clock);
  await clock.advance(15 * 60_000);
  expect(takeLink(folder, 'one', clock)).toBeNull();
  leaveLink(folder, 'three', anna, clock);
  expect(readdirSync(folder)).toEqual(['three.json']);
});
