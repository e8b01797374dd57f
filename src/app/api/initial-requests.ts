import { paths } from '../../contract/paths.ts';

/** What a page asks first, as whole URLs; a hidden one wants no fleet yet. `origin`: as `createApi` takes it. */
export function initialRequestUrls(origin: string, isVisible: boolean): readonly string[] {
  // Opening the page is doing something.
  const session = `${origin}${paths.session}?active=1`;
  return isVisible ? [session, origin + paths.fleet] : [session];
}
