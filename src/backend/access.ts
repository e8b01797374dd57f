/** Whoever a request comes from, and what they may do. */
export interface Visitor {
  /** Their name in the journal. */
  readonly who: string;
  readonly mayWrite: boolean;
  /** Why not, in words; null when writing is allowed. */
  readonly mayNotWriteBecause: string | null;
}

/** Where a request came from, as its socket tells. `secure`: over TLS. */
export interface From {
  readonly address: string;
  readonly secure: boolean;
}

/** Who is asking: the port behind which sign-in comes later. */
export interface Access {
  /** Whether the console was started so that nobody may write. */
  readonly readOnly: boolean;
  visitor(request: Request, from: From): Promise<Visitor>;
}

/** Access without sign-in: whoever reaches the console is its administrator. */
export function localAccess(options: { readonly readOnly: boolean }): Access {
  return {
    readOnly: options.readOnly,
    visitor: () =>
      Promise.resolve({
        who: 'local administrator',
        mayWrite: !options.readOnly,
        mayNotWriteBecause: options.readOnly ? 'This console was started with --read-only.' : null,
      }),
  };
}
