import * as z from 'zod/mini';
import { profileLimits, MAX_LABELS, MAX_LABEL_LENGTH } from '../domain/cluster-profile.ts';
import { MAX_REPLICAS } from '../domain/replica-sets.ts';

/** The largest file that is read, bytes: 5,000 virtual clusters of 20 templates each fit. */
export const MAX_FILE_BYTES = 4_000_000;
export const MAX_FILE_CLUSTERS = 5_000;

const described = <S extends z.ZodMiniType>(schema: S, description: string): S => schema.check(z.meta({ description }));
const text = (most: number, description: string) =>
  z.optional(described(z.string().check(z.maxLength(most)), description));

/** The number of nodes of one template. */
export const replicaCount = z.int().check(z.minimum(0), z.maximum(MAX_REPLICAS));

const fileCluster = z.strictObject({
  id: described(
    z.string().check(z.minLength(1)),
    'The virtual cluster. It can hold no ## and must be one that Ray can remove.',
  ),
  divisible: z.optional(described(z.boolean(), 'Whether jobs cut clusters of their own from it. Left out: false.')),
  replicaSets: described(
    z.record(z.string(), replicaCount),
    'Template to number of nodes. A template that is left out: none.',
  ),
  owner: text(profileLimits.owner, 'Whose it is. Left out: not compared and not changed; "" clears it.'),
  contact: text(profileLimits.contact, 'How to reach the owner.'),
  purpose: text(profileLimits.purpose, 'What it is for.'),
  link: text(profileLimits.link, 'A ticket or a page, https: or mailto:.'),
  labels: z.optional(
    described(
      z.array(z.string().check(z.maxLength(MAX_LABEL_LENGTH))).check(z.maxLength(MAX_LABELS)),
      'Words, or key=value. [] clears them.',
    ),
  ),
});

/** The whole file. What it can't say (ids once each, valid links) is checked by `parseFleetFile`. */
export const fleetFile = z.strictObject({
  version: described(z.literal(1), 'Of this format.'),
  clusters: z.array(fileCluster).check(z.maxLength(MAX_FILE_CLUSTERS)),
});

/** The fields of a file's cluster, in the order in which they are written. */
export const fileFields = ['id', 'divisible', 'replicaSets', 'owner', 'contact', 'purpose', 'link', 'labels'] as const;
