import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';

const deploy = join(import.meta.dirname, '..', '..', 'deploy');

const board = z.object({
  templating: z.object({ list: z.array(z.object({ name: z.string(), allValue: z.optional(z.string()) })) }),
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
});
const rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(z.object({ alert: z.string(), expr: z.string(), annotations: z.object({ summary: z.string() }) })),
    }),
  ),
});

/** The names of series of one Ray, with what follows each. */
const seriesIn = (expression: string) => [
  ...expression.matchAll(/\b(?:virtual_cluster_(?!console)|vcc_(?:ray|changes|journal|usage)_)\w+(\{[^}]*\})?/g),
];
/** What an expression groups its series by. */
const groupsIn = (expression: string) => [...expression.matchAll(/\bby \(([^)]*)\)/g)].map(([, names = '']) => names);

test('the board is of the Rays that are chosen, and adds up no two virtual clusters of one name', () => {
  const { templating, panels } = board.parse(
    JSON.parse(readFileSync(join(deploy, 'grafana', 'virtual-clusters.json'), 'utf8')),
  );
  // Where Rays have no names, `.*` is what finds their series.
  expect(templating.list.find(({ name }) => name === 'ray')?.allValue).toBe('.*');
  const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  expect(expressions.length).toBeGreaterThan(15);
  const found = expressions.flatMap((expr) => seriesIn(expr).map(([text, labels]) => [text, labels ?? ''] as const));
  expect(found.filter(([, labels]) => !labels.includes('ray=~"$ray"'))).toEqual([]);
  const groups = expressions.flatMap(groupsIn).filter((names) => names.includes('virtual_cluster'));
  expect(groups.filter((names) => !names.startsWith('ray, '))).toEqual([]);
});

test('each alert keeps the label of its Ray, and says it', () => {
  const { groups } = rules.parse(parse(readFileSync(join(deploy, 'prometheus', 'alerts.yaml'), 'utf8')));
  const all = groups.flatMap((group) => group.rules).filter(({ expr }) => seriesIn(expr).length > 0);
  expect(all.length).toBeGreaterThan(5);
  for (const { alert, expr, annotations } of all) {
    expect(
      groupsIn(expr).filter((names) => !/\bray\b/.test(names)),
      alert,
    ).toEqual([]);
    expect(annotations.summary, alert).toContain('{{ with $labels.ray }}{{ . }}: {{ end }}');
  }
});
