import * as z from 'zod/mini';
import { faultKinds } from './fault-injection.ts';

/** Schemas of the control API's bodies. The messages are shown to the sender. */

const MAX_FLEET_NODES = 200_000;
const wholeNumber = (most: number) =>
  z
    .int(`must be a whole number`)
    .check(z.minimum(0, 'must not be negative'), z.maximum(most, `must be at most ${String(most)}`));
const replicaSets = z.record(
  z.string(),
  z.int('must be whole numbers by template'),
  'must be whole numbers by template',
);

export const resetBody = z.object({
  templates: z.optional(
    z.record(z.string().check(z.minLength(1, 'a template needs a name')), wholeNumber(MAX_FLEET_NODES)),
  ),
  scenario: z.optional(z.string('must be the name of a scenario')),
  seed: z.optional(wholeNumber(4_294_967_295)),
  /** Whether memory usage fluctuates; in a scenario it always does. */
  lively: z.optional(z.boolean()),
});

export const clusterBody = z.object({ replicaSets });

export const nodesBody = z.object({
  templateId: z.string('must be a template').check(z.minLength(1, 'must not be empty')),
  count: wholeNumber(MAX_FLEET_NODES).check(z.minimum(1, 'must be at least 1')),
});

export const jobBody = z.object({
  virtualClusterId: z.string('must be the ID of a virtual cluster'),
  replicaSets: z.optional(replicaSets),
  cpus: z.optional(wholeNumber(10_000)),
  entrypoint: z.optional(z.string('must be a command')),
});

export const faultsBody = z.array(
  z
    .object({
      method: z._default(z.string('must be a method, such as GET'), '*'),
      path: z.string('must be a path, such as /virtual_clusters or /api/*'),
      times: z._default(z.nullable(z.int('must be a whole number').check(z.minimum(1, 'must be at least 1'))), null),
      kind: z.enum(faultKinds, `must be one of ${faultKinds.join(', ')}`),
      ms: z._default(z.nullable(wholeNumber(86_400_000)), null),
    })
    .check(
      z.refine(({ kind, ms }) => kind !== 'delay' || ms !== null, {
        path: ['ms'],
        error: 'must say how late a delayed answer is',
      }),
    ),
  'The body must be a list of faults',
);

export const clockBody = z.object({ advanceMs: wholeNumber(31_536_000_000) });

export const awayBody = z.object({ away: z.boolean('must be true or false') });
