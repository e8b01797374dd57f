import { pathTo, readRoute } from './routes.ts';

/** Where a screen of one Ray has its like in another: what is open is of this Ray alone. */
export function samePath(pathname: string): string {
  const { page } = readRoute(pathname);
  switch (page) {
    case 'nodes':
    case 'journal':
    case 'usage':
    case 'plans':
    case 'clusters':
      return pathTo[page];
    case 'fleet-file':
      return pathTo.fleetFile;
    case 'sign-in':
    case 'not-found':
      return '/';
  }
}
