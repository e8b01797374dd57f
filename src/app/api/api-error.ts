/** The console's back end gave no usable answer. `detail` is one sentence for the screen. */
export class ApiError extends Error {
  /**
   * `unreachable`: no answer came, so the request may or may not have taken effect · `problem`: the back end refused,
   * with `code` · `unreadable`: something else answered.
   */
  readonly kind: 'unreachable' | 'problem' | 'unreadable';
  readonly code: string;
  readonly detail: string;
  /** What is wrong with each field of a form; empty where it is none's. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(kind: ApiError['kind'], code: string, detail: string, fields: ApiError['fields'] = {}) {
    super(detail);
    this.name = 'ApiError';
    this.kind = kind;
    this.code = code;
    this.detail = detail;
    this.fields = fields;
  }
}

/** How to sign in: by a link, or only at the proxy. */
export type SignedOut = 'by-link' | 'by-proxy';

/** How to sign in, where a request was refused for want of that and had no effect; null for any other error. */
export function signedOut(error: unknown): SignedOut | null {
  if (!(error instanceof ApiError)) return null;
  return error.code === 'sign-in-needed' ? 'by-link' : error.code === 'proxy-sign-in-needed' ? 'by-proxy' : null;
}
