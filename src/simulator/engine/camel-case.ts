/**
 * A key as converted by Ray's `to_google_style` (fact 9): each part after a `_` in Python's title case, so
 * `my_node_type` becomes `myNodeType`, `4c_8g` becomes `4c8G` and `__` becomes empty.
 */
export function camelCase(key: string): string {
  const [first = '', ...rest] = key.split('_');
  return first + rest.map(titleCase).join('');
}

/** Python's `str.title`: the first of each run of cased letters in upper case, the others in lower case. */
function titleCase(text: string): string {
  let title = '';
  let inWord = false;
  for (const character of text) {
    const isCased = character.toLowerCase() !== character.toUpperCase();
    title += inWord ? character.toLowerCase() : upperFirst(character);
    inWord = isCased;
  }
  return title;
}

/** Title case of a letter: `ß` has two letters in upper case, of which only the first stays upper: `Ss`. */
function upperFirst(character: string): string {
  const [first = '', ...others] = character.toUpperCase();
  return first + others.join('').toLowerCase();
}
