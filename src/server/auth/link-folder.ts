import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Identity } from '../../backend/auth/sessions.ts';
import { LINK_LIFETIME } from '../../backend/auth/sign-in-links.ts';
import type { Clock } from '../../clock.ts';
import { toGrant, storedGrant } from './stored-grant.ts';
import { assertNoLink, readPrivateFile, writePrivateFile } from './private-file.ts';

const storedLink = z.object({
  who: z.string(),
  ...storedGrant,
  /** Milliseconds since 1970. */
  until: z.number(),
});

/**
 * Stores a sign-in link, by its token's hash, for a running console to redeem; deletes expired ones. Throws Node's error, or one that
 * says that the folder is a symbolic link: it would delete in whatever that leads to.
 */
export function storeLink(folder: string, hash: string, identity: Identity, clock: Clock): void {
  assertNoLink(folder);
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    const link = read(file);
    if (link === null || clock.now() >= link.until) rmSync(file, { force: true });
  }
  writePrivateFile(
    join(folder, `${hash}.json`),
    JSON.stringify({ who: identity.name, ...identity.grant, until: clock.now() + LINK_LIFETIME }),
  );
}

/** Redeems a stored link once; null for an unknown one. Deleting the file is the atomic step that decides a race. */
export function redeemLink(folder: string, hash: string, clock: Clock): Identity | 'expired' | null {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  const file = join(folder, `${hash}.json`);
  const link = read(file);
  if (link === null) return null;
  try {
    rmSync(file);
  } catch {
    return null;
  }
  return clock.now() < link.until ? { name: link.who, grant: toGrant(link) } : 'expired';
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): z.infer<typeof storedLink> | null {
  try {
    return storedLink.parse(JSON.parse(readPrivateFile(file)));
  } catch {
    return null;
  }
}
