import type { Change } from '../../contract/change.ts';
import { clusterDenial } from '../../domain/change-policy.ts';
import { rightsOf, type Grant } from './authenticator.ts';

/** What the token of a name may do now; null: there is none, or it has ended; `unknown`: the tokens can't be read. */
export type TokenGrant = (name: string) => Grant | null | 'unknown';

/** Whether the author of a waiting change may still make it. */
export type AuthorRight = (change: Pick<Change, 'via' | 'who' | 'wanted'>) => 'kept' | 'lost' | 'unknown';

/**
 * Only a token's rights are known while its script is away. A person's session ends by itself, and a proxy names groups only
 * with a request: a person's waiting change stands until somebody cancels it.
 */
export function createAuthorRight({
  tokenGrant,
  readOnly,
}: {
  readonly tokenGrant: TokenGrant;
  readonly readOnly: boolean;
}): AuthorRight {
  return ({ via, who, wanted }) => {
    switch (via) {
      case 'token': {
        const grant = tokenGrant(who);
        if (grant === 'unknown') return 'unknown';
        if (grant === null) return 'lost';
        return clusterDenial(rightsOf(grant, readOnly), wanted.clusterId) === null ? 'kept' : 'lost';
      }
      case 'local':
      case 'link':
      case 'proxy':
        return 'kept';
    }
  };
}
