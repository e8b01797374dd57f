/** Where a key moves the crosshair from `at` (null: nowhere yet, so the end); null for a key that moves nothing. */
export function steppedBy(key: string, at: number | null, count: number): number | null {
  const last = count - 1;
  const now = at ?? last;
  const page = Math.max(1, Math.round(count / 10));
  const by: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -page,
    PageUp: page,
    Home: -count,
    End: count,
  };
  const step = Object.hasOwn(by, key) ? by[key] : undefined;
  return step === undefined || count === 0 ? null : Math.min(last, Math.max(0, now + step));
}
