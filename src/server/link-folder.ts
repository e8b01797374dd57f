import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Known } from '../backend/sessions.ts';
import { LINK_LASTS } from '../backend/sign-in-links.ts';
import type { Clock } from '../clock.ts';
import { grantOf, keptGrant } from './kept-grant.ts';
import { readOwnFile, writeOwnFile } from './own-file.ts';

const kept = z.object({
  who: z.string(),
  ...keptGrant,
  /** Milliseconds since 1970. */
  until: z.number(),
});

/** Leaves a sign-in link for a running console to find, by its hash; those that are too old are cleared away. Throws Node's error. */
export function leaveLink(folder: string, hash: string, { who, grant }: Known, clock: Clock): void {
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    const link = read(file);
    if (link === null || clock.now() >= link.until) rmSync(file, { force: true });
  }
  writeOwnFile(join(folder, `${hash}.json`), JSON.stringify({ who, ...grant, until: clock.now() + LINK_LASTS }));
}

/** Uses up a link that was left; null when there is none of this hash, or it is too old. Whoever removes its file has it. */
export function takeLink(folder: string, hash: string, clock: Clock): Known | null {
  const file = join(folder, `${hash}.json`);
  const link = read(file);
  if (link === null) return null;
  try {
    rmSync(file);
  } catch {
    return null;
  }
  return clock.now() < link.until ? { who: link.who, grant: grantOf(link) } : null;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): z.infer<typeof kept> | null {
  try {
    return kept.parse(JSON.parse(readOwnFile(file)));
  } catch {
    return null;
  }
}
