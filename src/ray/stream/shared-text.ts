/**
 * The same text as one object, however often it is read: JavaScript engines keep each property name only once, as long as it is used.
 * Each source has the ids of all nodes, so that there would be five of each in memory otherwise.
 */
export function sharedText(text: string): string {
  // Without a prototype, so that any text is an ordinary name.
  const named: Record<string, null> = Object.create(null);
  named[text] = null;
  return Object.keys(named)[0] ?? text;
}
