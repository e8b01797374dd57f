/**
 * A whole number as people read it: 12,345. The same as `toLocaleString('en')`, which makes a browser load its tables of
 * all languages first: a seventh of the time until the list shows.
 */
export function countText(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** So many of a thing, in the singular or the plural: "1 node", "12,345 nodes". */
export function plural(value: number, one: string, many: string): string {
  return `${countText(value)} ${value === 1 ? one : many}`;
}

export const nodesText = (value: number) => plural(value, 'node', 'nodes');
export const jobsText = (value: number) => plural(value, 'job', 'jobs');
