import { paths } from '../../contract/paths.ts';

/** The absolute URLs of a page's first requests; a hidden page does not need the fleet yet. `origin`: as for `createApi`. */
export function initialRequestUrls(
  origin: string,
  isVisible: boolean,
  page: 'console' | 'rays' = 'console',
): readonly string[] {
  if (page === 'rays') return [origin + paths.rays];
  // Opening the page counts as activity.
  const session = `${origin}${paths.session}?active=1`;
  return isVisible ? [session, origin + paths.fleet] : [session];
}
