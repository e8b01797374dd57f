import { pathTo } from './routes.ts';

const HOUR = 3_600_000;

/** How far back a chart goes, by its name in the URL. */
export const usageSpans = { '1h': HOUR, '24h': 24 * HOUR, '7d': 168 * HOUR, '30d': 720 * HOUR, '400d': 9_600 * HOUR };
export type UsageRange = keyof typeof usageSpans;
export const usageRanges = ['1h', '24h', '7d', '30d', '400d'] as const satisfies readonly UsageRange[];

export const summarySorts = [
  'cluster',
  'template',
  'held',
  'used',
  'reserved',
  'idle',
  'dead',
  'percent',
  'peak',
  'never-needed',
  'idle-since',
] as const;
export type SummarySort = (typeof summarySorts)[number];

/** What the page `Usage` shows. */
export interface UsageView {
  readonly range: UsageRange;
  /** Null: all templates together. */
  readonly template: string | null;
  readonly sort: SummarySort;
  readonly descending: boolean;
}

const DEFAULT_RANGE: UsageRange = '7d';
const DEFAULT_SORT: SummarySort = 'idle';

/** The view in a URL's query; invalid parts are ignored. */
export function readUsageView(search: string): UsageView {
  const params = new URLSearchParams(search);
  const template = params.get('template');
  const sort = summarySorts.find((each) => each === params.get('sort')) ?? DEFAULT_SORT;
  return {
    range: readUsageRange(search),
    template: template === '' ? null : template,
    sort,
    descending: params.has('order') ? params.get('order') === 'down' : sort !== 'cluster' && sort !== 'template',
  };
}

/** The path of the page `Usage` with this view; what is the default is left out. */
export function usagePathFor({ range, template, sort, descending }: UsageView): string {
  const search = new URLSearchParams();
  if (range !== DEFAULT_RANGE) search.set('range', range);
  if (template !== null) search.set('template', template);
  if (sort !== DEFAULT_SORT) search.set('sort', sort);
  if (descending !== (sort !== 'cluster' && sort !== 'template')) search.set('order', descending ? 'down' : 'up');
  const asked = search.toString();
  return asked === '' ? pathTo.usage : `${pathTo.usage}?${asked}`;
}

/** The range that a URL's query names, on the page and in a panel. */
export function readUsageRange(search: string): UsageRange {
  const asked = new URLSearchParams(search).get('range');
  return usageRanges.find((each) => each === asked) ?? DEFAULT_RANGE;
}

/** A URL's query with a range or a template of a panel's chart; the list's own parts stay. */
export function withPanelUsage(
  search: string,
  change: { readonly range?: UsageRange; readonly of?: string | null },
): string {
  const params = new URLSearchParams(search);
  if (change.range !== undefined) params.set('range', change.range);
  if (change.of !== undefined) {
    if (change.of === null) params.delete('of');
    else params.set('of', change.of);
  }
  const asked = params.toString();
  return asked === '' ? '' : `?${asked}`;
}
