const NAME = 'virtual-cluster-console.recent';
const MAX_ENTRIES = 6;

/** What was chosen lately in this tab, newest first; only names of entries, so one that is gone is not shown. */
export function recentEntries(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(NAME) ?? '[]');
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberEntry(key: string): void {
  const kept = [key, ...recentEntries().filter((each) => each !== key)].slice(0, MAX_ENTRIES);
  try {
    window.sessionStorage.setItem(NAME, JSON.stringify(kept));
  } catch {
    // A browser that forbids storage remembers nothing.
  }
}
