/**
 * JSON text with a line for each member, changed in nothing but white space: numbers beyond 2^53 keep their digits,
 * because nothing is parsed (fact 3). Text that is no JSON comes out with the same characters too.
 */
export function indentJson(json: string): string {
  let out = '';
  let depth = 0;
  let index = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  while (index < json.length) {
    const char = json.charAt(index);
    if (char === '"') {
      const end = endOfString(json, index);
      out += json.slice(index, end);
      index = end;
      continue;
    }
    index += 1;
    if (/\s/.test(char)) continue;
    if (char === '{' || char === '[') {
      const rest = json.slice(index).trimStart();
      if (rest.startsWith('}') || rest.startsWith(']')) {
        out += char + rest.charAt(0);
        index = json.length - rest.length + 1;
        continue;
      }
      depth += 1;
      out += char + line();
    } else if (char === '}' || char === ']') {
      depth = Math.max(0, depth - 1);
      out += line() + char;
    } else if (char === ',') {
      out += char + line();
    } else {
      out += char === ':' ? ': ' : char;
    }
  }
  return out;
}

/** Where the string that starts at `from` ends: after its closing quote, or at the text's end. */
function endOfString(json: string, from: number): number {
  for (let at = from + 1; at < json.length; at += 1) {
    const char = json.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '"') return at + 1;
  }
  return json.length;
}
