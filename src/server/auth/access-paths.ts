/** Where the tokens and the sign-in links of a console are kept: beside its journal, those of each Ray for themselves. */
export interface AccessPaths {
  readonly tokens: string;
  readonly links: string;
}

/** `journal`: the journal's file. */
export function accessPaths(journal: string): AccessPaths {
  const stem = journal.replace(/\.sqlite$/, '');
  return { tokens: `${stem}.tokens.json`, links: `${stem}.links` };
}
