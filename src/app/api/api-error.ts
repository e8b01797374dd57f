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

/** Whether the back end asks to sign in first: then nothing was done of what was asked. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'sign-in-needed' || error.code === 'proxy-sign-in-needed');
}
