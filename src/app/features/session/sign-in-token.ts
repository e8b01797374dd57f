/** The token in what somebody pasted: a whole sign-in link, or the token alone; null for nothing. */
export function tokenIn(pasted: string): string | null {
  const text = pasted.trim();
  const at = text.indexOf('#');
  const token = at < 0 ? text : text.slice(at + 1);
  return token === '' ? null : token;
}
