import { clustersInRay, rightsInRay } from '../../domain/ray-scope.ts';
import type { Authenticator } from './authenticator.ts';
import type { TokenGrant } from './author-right.ts';

/** One sign-in for several Rays: the same people and sessions, with what they may do in this Ray. */
export function accessInRay(access: Authenticator, ray: string): Authenticator {
  return {
    ...access,
    authenticate(request, from) {
      const result = access.authenticate(request, from);
      if (result.kind !== 'authenticated') return result;
      const { principal } = result;
      return { kind: 'authenticated', principal: { ...principal, ...rightsInRay(principal, ray) } };
    },
  };
}

/** What a token may do in this Ray. */
export function tokenGrantInRay(tokenGrant: TokenGrant, ray: string): TokenGrant {
  return (name) => {
    const grant = tokenGrant(name);
    if (grant === null || grant === 'unknown') return grant;
    const clusters = clustersInRay(grant.clusters, ray);
    return clusters?.length === 0 ? { role: 'viewer', clusters: null } : { ...grant, clusters };
  };
}
