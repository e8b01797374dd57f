/**
 * A key as Ray's `to_google_style` makes it (fact 9): the parts after the first `_` each in Python's title case, so
 * `my_node_type` becomes `myNodeType`, `4c_8g` becomes `4c8G` and `__` nothing at all.
 */
export function camelCase(key: string): string {
  const [first = '', ...rest] = key.split('_');
  return first + rest.map(titleCase).join('');
}

/** Python's `str.title`: the first of each run of letters that have a case is upper, the others are lower. */
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

/** `ß` is two letters in upper case, of which only the first is one: `Ss`. */
function upperFirst(character: string): string {
  const [first = '', ...others] = character.toUpperCase();
  return first + others.join('').toLowerCase();
}
