/** Why the console's back end gave no usable answer. `detail` is one sentence for the screen. */
export class ApiError extends Error {
  /**
   * `unreachable`: no answer came, so what was asked may or may not have happened · `problem`: the back end says no,
   * by `code` · `unreadable`: something else answered.
   */
  readonly kind: 'unreachable' | 'problem' | 'unreadable';
  readonly code: string;
  readonly detail: string;

  constructor(kind: ApiError['kind'], code: string, detail: string) {
    super(detail);
    this.name = 'ApiError';
    this.kind = kind;
    this.code = code;
    this.detail = detail;
  }
}

/** How somebody who is not known may come in: by a link, or only at the proxy. */
export type SignedOut = 'by-link' | 'by-proxy';

/** Whether the back end asks to sign in first, and how: then nothing was done of what was asked. Null for any other error. */
export function signedOut(error: unknown): SignedOut | null {
  if (!(error instanceof ApiError)) return null;
  return error.code === 'sign-in-needed' ? 'by-link' : error.code === 'proxy-sign-in-needed' ? 'by-proxy' : null;
}
