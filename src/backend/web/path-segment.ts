import { requestPath } from './request-path.ts';

/** One segment of a path, decoded exactly once: it may be `a/b`, `x##y` or text that itself looks encoded. Null for broken encoding. */
export function pathSegment(request: Request, index: number): string | null {
  try {
    return decodeURIComponent(requestPath(request).split('/')[index] ?? '');
  } catch {
    return null;
  }
}
