/** The token in pasted text, which is a whole sign-in link or the token alone; null if there is none. */
export function tokenIn(pasted: string): string | null {
  const text = pasted.trim();
  const at = text.indexOf('#');
  const token = at < 0 ? text : text.slice(at + 1);
  return token === '' ? null : token;
}
