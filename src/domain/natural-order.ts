/** The rank of each character of a plain name. */
const ranks = new Map(
  Array.from('_-.0123456789abcdefghijklmnopqrstuvwxyz').map((character, place) => [character, place]),
);
const isPlain = (name: string) => /^[_\-.0-9a-z]*$/.test(name);

const collator = lazy(() => new Intl.Collator('en', { numeric: true }));

/**
 * Natural order, with numbers by value: the order of `Intl.Collator('en', { numeric: true })`. A collator is slow to
 * create in a browser, so it is created only for names with more than lower-case letters, digits and `_-.`.
 */
export function compareNames(a: string, b: string): number {
  if (isPlain(a) && isPlain(b)) return comparePlain(a, b);
  return collator().compare(a, b);
}

function comparePlain(a: string, b: string): number {
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (isDigit(a, i) && isDigit(b, j)) {
      const [x, y] = [numberAt(a, i), numberAt(b, j)];
      if (x.digits.length !== y.digits.length) return x.digits.length - y.digits.length;
      if (x.digits !== y.digits) return x.digits < y.digits ? -1 : 1;
      [i, j] = [x.end, y.end];
      continue;
    }
    const order = (ranks.get(a.charAt(i)) ?? 0) - (ranks.get(b.charAt(j)) ?? 0);
    if (order !== 0) return order;
    i += 1;
    j += 1;
  }
  return Number(i < a.length) - Number(j < b.length);
}

function isDigit(name: string, at: number): boolean {
  const character = name.charAt(at);
  return character >= '0' && character <= '9';
}

/** The digits of the number at `from`, without leading zeros, and where it ends. */
function numberAt(name: string, from: number): { readonly digits: string; readonly end: number } {
  let end = from;
  while (end < name.length && isDigit(name, end)) end += 1;
  return { digits: name.slice(from, end).replace(/^0+/, ''), end };
}

function lazy<T>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}
