/** A text for people, of at most so many UTF-16 units; a longer one ends with `…`, and no character is cut in two. */
export function cutText(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
