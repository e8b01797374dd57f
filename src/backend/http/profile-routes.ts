import type { Clock } from '../../clock.ts';
import { requestSchemas } from '../../contract/api.ts';
import type { ProfileRecord } from '../../domain/cluster-profile.ts';
import type { Problem } from '../../contract/problem.ts';
import {
  checkProfile,
  MAX_LABEL_LENGTH,
  MAX_LABELS,
  type ProfileField,
  type ProfileProblem,
} from '../../domain/cluster-profile.ts';
import { clusterDenial } from '../../domain/change-policy.ts';
import type { ClusterProfiles } from '../fleet/cluster-profiles.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import { noSuchCluster, problemReply } from '../web/problem-reply.ts';
import { readJson } from '../web/read-json.ts';
import { forbidden } from './forbidden.ts';
import type { Handlers } from './handler.ts';
import { parseJournalQuery } from './journal-routes.ts';
import { parseWholeNumber } from './query-parameters.ts';

export interface ProfileRouteParts {
  readonly clock: Clock;
  readonly store: FleetStore;
  readonly profiles: ClusterProfiles;
}

/** Who a virtual cluster is for: read, and set on top of the version that it was edited from. Neither reaches Ray. */
export function createProfileRoutes({ clock, store, profiles }: ProfileRouteParts) {
  return {
    async 'GET clusterProfile'(_c, id) {
      return Response.json(await profiles.read(id ?? ''));
    },
    async 'GET profileEdits'(c) {
      const params = new URL(c.req.url).searchParams;
      const query = parseJournalQuery(params);
      if (typeof query === 'string') return problemReply(400, 'bad-query', query);
      const before = parseWholeNumber(params.get('before'), 0);
      if (before === null) return problemReply(400, 'bad-query', 'before must be a whole number.');
      const { outcome: _none, ...asked } = query;
      return Response.json(await profiles.edits(asked, before === 0 ? null : before));
    },
    async 'PUT clusterProfile'(c, id) {
      const clusterId = id ?? '';
      const principal = c.get('principal');
      const denial = clusterDenial(principal, clusterId);
      if (denial !== null) return forbidden(denial);
      const body = readJson(c.env.body);
      if (body === undefined) return problemReply(400, 'not-json', 'The body is not JSON.');
      const request = requestSchemas['PUT clusterProfile'].safeParse(body);
      if (!request.success) {
        const where = request.error.issues[0]?.path.join('.') ?? '';
        return problemReply(400, 'bad-profile', `${where === '' ? 'The profile' : where} is not as it should be.`);
      }
      const checked = checkProfile(request.data.profile);
      if (!checked.ok) return badProfile(checked.problems);
      // Only what is or was there has a profile, so that nobody fills the journal's file with made-up ids.
      if (store.listedCluster(clusterId) === null && (await profiles.read(clusterId)).now === null)
        return noSuchCluster();
      const { name, address, authMethod } = principal;
      const outcome = await profiles.put(
        { clusterId, who: name, address, via: authMethod, at: clock.now(), after: checked.profile },
        request.data.expectedVersion,
      );
      return outcome.kind === 'set' ? Response.json(outcome.record) : moved(outcome.now);
    },
  } satisfies Partial<Handlers>;
}

const problemWords: Readonly<Record<ProfileProblem, string>> = {
  'too-long': 'is too long',
  'hidden-character': 'has a character that can not be seen',
  'bad-link': 'must begin with https:// or mailto:',
  'bad-label': 'must be words, or key=value, of letters, digits and . _ / : @ + -',
  'too-many-labels': `may be at most ${String(MAX_LABELS)}, of at most ${String(MAX_LABEL_LENGTH)} characters each`,
};

function badProfile(problems: Readonly<Partial<Record<ProfileField, ProfileProblem>>>): Response {
  const sentences = Object.entries(problems).map(([field, problem]) => `${field} ${problemWords[problem]}.`);
  const body = { problem: 'bad-profile', detail: sentences.join(' '), fields: problems } satisfies Problem;
  return Response.json(body, { status: 400 });
}

/** With what is there now, so that nobody needs a second look before they choose. */
function moved(now: ProfileRecord | null): Response {
  const detail =
    now === null
      ? 'There is no such version of it any more. Nothing was set.'
      : `${now.who} has set it meanwhile. Nothing was set.`;
  return Response.json({ problem: 'profile-moved', detail, now }, { status: 409 });
}
