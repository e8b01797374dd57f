import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { fileFields, fleetFile } from './schema.ts';

const schemaFile = join(import.meta.dirname, '..', '..', 'docs', 'fleet-file.schema.json');

test('the published JSON Schema is this one; `npx vitest run src/fleet-file --update` writes it again', async () => {
  const schema = { title: 'A fleet of virtual clusters', ...z.toJSONSchema(fleetFile, { io: 'input' }) };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(schemaFile);
  const { properties } = z
    .object({
      properties: z.object({
        clusters: z.object({ items: z.object({ properties: z.record(z.string(), z.unknown()) }) }),
      }),
    })
    .parse(JSON.parse(readFileSync(schemaFile, 'utf8')));
  expect(Object.keys(properties.clusters.items.properties)).toEqual([...fileFields]);
});
