import type { ClusterProfile } from '../../domain/cluster-profile.ts';

/** Who the virtual clusters of the demo fleet are for. `ci` has no owner: somebody has yet to say. */
const owners: Readonly<Record<string, ClusterProfile>> = {
  'etl-nightly': {
    owner: 'Data platform',
    contact: 'data-platform@example.com',
    purpose: 'Loads yesterday’s events every night',
    link: '',
    labels: ['env=prod', 'schedule=nightly'],
  },
  'feature-store': {
    owner: 'Data platform',
    contact: 'data-platform@example.com',
    purpose: 'Refreshes the features that models are trained on',
    link: '',
    labels: ['env=prod'],
  },
  notebooks: {
    owner: 'Research',
    contact: '#research',
    purpose: 'Exploration by hand',
    link: '',
    labels: ['env=dev'],
  },
  serving: {
    owner: 'Chat team',
    contact: 'chat-oncall@example.com',
    purpose: 'Answers the users of chat-7b',
    link: 'https://example.com/runbooks/serving',
    labels: ['env=prod', 'tier=1'],
  },
  'train-llm': {
    owner: 'Research',
    contact: '#research',
    purpose: 'Trains and evaluates llm-13b',
    link: 'https://example.com/projects/llm-13b',
    labels: ['env=prod', 'budget=2026-q4'],
  },
};

/** Those of the virtual clusters that are there. */
export function ownersOf(clusterIds: Iterable<string>): ReadonlyMap<string, ClusterProfile> {
  return new Map(
    [...clusterIds].flatMap((id) => {
      const profile = Object.hasOwn(owners, id) ? owners[id] : undefined;
      return profile === undefined ? [] : [[id, profile] as const];
    }),
  );
}
