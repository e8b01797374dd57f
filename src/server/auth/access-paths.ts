/** The files of a console's tokens and sign-in links: beside its journal, so separate for each Ray. */
export interface AccessPaths {
  readonly tokens: string;
  readonly links: string;
}

/** `journal`: the journal's file. */
export function accessPaths(journal: string): AccessPaths {
  const stem = journal.replace(/\.sqlite$/, '');
  return { tokens: `${stem}.tokens.json`, links: `${stem}.links` };
}
