import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { replySchemas } from './api.ts';
import * as plan from './plan.ts';
import { problem } from './problem.ts';
import { raysReply } from './rays.ts';
import * as usage from './usage.ts';

/**
 * Every text that the server sends to the page, by the name of its field. A page in another language shows none of its sentences: where
 * one is sent, for programs, a code stands beside it.
 */
const texts = {
  /** Names and ids: of the console, of Ray, of files. */
  name:
    'address at changed changeId clusterId clusters consoleVersion dashboardUrl epoch firstShort hostname id ids jobClusterId jobs key moved name ' +
    'nodeIds of order plan removed section sessionName stepId submissionId supervisorNodeId templateId triedAs undoes unmatched version hostnames from to',
  /** Who did something. */
  person: 'by createdBy who',
  /** What somebody typed. */
  typed: 'contact entrypoint labels link owner purpose',
  /** For programs, or packed. */
  code: 'cells fields kind loads next problem',
  /** Ray's own words, shown as such. */
  ray: 'message',
  /** English sentences of the console, each with the field that the page says instead. */
  sentence: 'because detail mayNotWriteBecause',
} as const;
const codeBeside = { because: 'cause', detail: 'problem', mayNotWriteBecause: 'mayNotWriteReason' } as const;

interface Leaf {
  readonly name: string;
  readonly beside: readonly string[];
}

const child = z.record(z.string(), z.unknown());

/** The fields of a JSON Schema that hold any text, each with the names of the fields beside it. */
function textsIn(node: unknown, name: string, beside: readonly string[]): readonly Leaf[] {
  if (Array.isArray(node)) return node.flatMap((each) => textsIn(each, name, beside));
  const parsed = child.safeParse(node);
  if (!parsed.success) return [];
  const { type, properties, $defs, ...rest } = parsed.data;
  const own = [type].flat().includes('string') && !('enum' in rest) && !('const' in rest) ? [{ name, beside }] : [];
  const fields = child.safeParse(properties).data ?? {};
  const below = ['items', 'prefixItems', 'anyOf', 'oneOf', 'allOf', 'additionalProperties'];
  return [
    ...own,
    ...Object.entries(fields).flatMap(([key, value]) => textsIn(value, key, Object.keys(fields))),
    ...Object.values(child.safeParse($defs).data ?? {}).flatMap((value) => textsIn(value, name, beside)),
    ...below.flatMap((key) => textsIn(rest[key], name, beside)),
  ];
}

const isSchema = (value: unknown): value is z.ZodMiniType =>
  typeof value === 'object' && value !== null && '_zod' in value;

test('each text that the server sends is a name, what somebody typed, Ray’s own, or has a code that the page says', () => {
  const schemas: readonly unknown[] = [
    ...Object.values(replySchemas),
    ...Object.values(plan),
    ...Object.values(usage),
    raysReply,
    problem,
  ];
  const found = schemas
    .filter(isSchema)
    .flatMap((schema) => textsIn(z.toJSONSchema(schema, { unrepresentable: 'any' }), '', []));
  const known = new Set(Object.values(texts).flatMap((names) => names.split(' ')));
  expect([...new Set(found.map(({ name }) => name).filter((name) => !known.has(name)))]).toEqual([]);
  const names = new Set(found.map(({ name }) => name));
  expect([...known].filter((name) => !names.has(name))).toEqual([]);
  for (const [sentence, code] of Object.entries(codeBeside)) {
    const places = found.filter(({ name }) => name === sentence);
    expect(places.length, sentence).toBeGreaterThan(0);
    for (const { beside } of places) expect(beside, sentence).toContain(code);
  }
});
