/** A part of a path, exactly as it was encoded: `a/b`, `x##y`, and text that looks encoded itself. Null for broken encoding. */
export function pathSegment(request: Request, index: number): string | null {
  try {
    return decodeURIComponent(new URL(request.url).pathname.split('/')[index] ?? '');
  } catch {
    return null;
  }
}
