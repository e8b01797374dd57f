import { problemReply } from './problem-reply.ts';

/** The path of a request: the one reading of it for guard and router alike. Its ids are still encoded. */
export function requestPath({ url }: Request): string {
  return new URL(url).pathname;
}

/**
 * Whether a path can be read in one way only: no encoded letters, digits or `-._~`, no empty or dot segments, no backslash, no broken
 * encoding. Everything else of an id is encoded, `/` and `#` too.
 */
export function isNormalPath(path: string): boolean {
  if (!/^\/[!-~]*$/.test(path) || /[\\#]|\/\/|\/\.\.?(?:\/|$)/.test(path)) return false;
  if (/%(?:2[de]|3\d|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])/i.test(path)) return false;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Whether a request's target as it was sent has a normal path: a URL has lost its dot segments and backslashes. */
export function isNormalTarget(target: string): boolean {
  const path = target.replace(/^https?:\/\/[^/?#\\]+/i, '').replace(/\?.*$/s, '');
  return isNormalPath(path === '' ? '/' : path);
}

export function pathNotNormal(): Response {
  return problemReply(
    400,
    'bad-path',
    'The path is not written in its normal form: letters, digits and -._~ as they are, other characters of an ID encoded once, no empty, . or .. parts.',
  );
}
