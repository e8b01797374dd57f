/**
 * Finds each cluster's own text in a list reply, in Ray's order, without parsing numbers: revisions stay exact.
 * The text must be the JSON that `rowIds` was read from; null when its rows don't pair up with the ids.
 */
export function indexRawClusters(
  text: string,
  rowIds: readonly string[],
): ReadonlyMap<string, readonly [number, number]> | null {
  let at = 0;

  const skipSpace = () => {
    while (' \t\n\r'.includes(text.charAt(at)) && at < text.length) at += 1;
  };
  const skipString = () => {
    at += 1;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    at += 1;
  };
  const skipValue = () => {
    const first = text[at];
    if (first === '"') return skipString();
    if (first !== '{' && first !== '[') {
      while (at < text.length && !',]} \t\n\r'.includes(text.charAt(at))) at += 1;
      return;
    }
    let depth = 0;
    do {
      const mark = text[at];
      if (mark === '"') {
        skipString();
        continue;
      }
      if (mark === '{' || mark === '[') depth += 1;
      else if (mark === '}' || mark === ']') depth -= 1;
      at += 1;
    } while (depth > 0 && at < text.length);
  };
  /** From an object's `{` to the value of one of its members. */
  const enter = (key: string): boolean => {
    skipSpace();
    if (text[at] !== '{') return false;
    at += 1;
    for (;;) {
      skipSpace();
      if (text[at] !== '"') return false;
      const start = at;
      skipString();
      const found = text.slice(start, at) === `"${key}"`;
      skipSpace();
      at += 1;
      skipSpace();
      if (found) return true;
      skipValue();
      skipSpace();
      if (text[at] !== ',') return false;
      at += 1;
    }
  };

  if (!enter('data') || !enter('virtualClusters') || text[at] !== '[') return null;
  at += 1;
  const slices = new Map<string, readonly [number, number]>();
  for (const id of rowIds) {
    skipSpace();
    if (text[at] !== '{') return null;
    const start = at;
    skipValue();
    slices.set(id, [start, at]);
    skipSpace();
    at += 1;
  }
  return slices;
}
