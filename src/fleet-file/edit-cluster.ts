import { isMap, isScalar, type YAMLMap } from 'yaml';
import { profileFields, profileText } from '../domain/cluster-profile.ts';
import { countOf, templatesOf } from '../domain/replica-sets.ts';
import type { FileCluster, FleetCluster } from './fleet-cluster.ts';
import { renderCount, renderProfileValue } from './render.ts';
import { columnOf, endOf, lineBelow, type TextEdit } from './text-edits.ts';
import { startOf, type YamlSource } from './yaml-source.ts';

/**
 * What makes one item of the list say what the virtual cluster is now. A template that it no longer holds stays, with 0 nodes
 * (fact 8), so that the comment beside it stays.
 */
export function editsOfCluster(
  file: FileCluster,
  now: FleetCluster,
  item: YAMLMap,
  { text }: YamlSource,
  eol: string,
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const sets = item.get('replicaSets');
  if (isMap(sets)) {
    const differing = templatesOf(file.replicaSets, now.replicaSets).filter(
      (each) => countOf(file.replicaSets, each) !== countOf(now.replicaSets, each),
    );
    const added = differing.filter((templateId) => {
      const node: unknown = sets.get(templateId, true);
      if (isScalar(node)) edits.push(replacement(text, eol, node, String(countOf(now.replicaSets, templateId))));
      return !isScalar(node);
    });
    edits.push(
      ...pairsAdded(
        text,
        sets,
        added.map((id) => renderCount(id, countOf(now.replicaSets, id))),
        eol,
      ),
    );
  }
  const fields: string[] = [];
  if (file.divisible !== now.divisible) {
    const node: unknown = item.get('divisible', true);
    if (isScalar(node)) edits.push(replacement(text, eol, node, String(now.divisible)));
    else fields.push(`divisible: ${String(now.divisible)}`);
  }
  for (const field of now.profile === null ? [] : profileFields) {
    const { profile } = now;
    if (profile === null) continue;
    const isNamed = Object.hasOwn(file.profile, field);
    if (!isNamed && profile[field].length === 0) continue;
    const value = renderProfileValue(profile, field);
    if (!isNamed) fields.push(`${field}: ${value}`);
    else if (profileText({ ...profile, ...file.profile }, field) !== profileText(profile, field)) {
      const pair = item.items.find(({ key }) => isScalar(key) && key.value === field);
      // A list may stand in lines below its name, where one in brackets could not stand.
      if (field === 'labels' && pair !== undefined) {
        const whole = { start: startOf(pair.key), end: endOf(pair.value) };
        edits.push({ ...whole, text: `labels: ${value}${text[whole.end - 1] === '\n' ? eol : ''}` });
      } else if (isScalar(pair?.value)) edits.push(replacement(text, eol, pair.value, value));
    }
  }
  edits.push(...pairsAdded(text, item, fields, eol));
  return edits;
}

function replacement(
  text: string,
  eol: string,
  node: { readonly range?: readonly number[] | null },
  value: string,
): TextEdit {
  const [start = 0, end = start] = node.range ?? [];
  return { start, end, text: text[end - 1] === '\n' ? value + eol : value };
}

/** Pairs added to the end of a map, in lines or in braces as the others. */
function pairsAdded(text: string, map: YAMLMap, pairs: readonly string[], eol: string): readonly TextEdit[] {
  if (pairs.length === 0) return [];
  const last = map.items.at(-1);
  if (map.flow === true || last === undefined) {
    if (last === undefined) {
      const at = (map.range?.[0] ?? 0) + 1;
      return [{ start: at, end: at, text: ` ${pairs.join(', ')} ` }];
    }
    const at = endOf(last.value ?? last.key);
    return [{ start: at, end: at, text: pairs.map((pair) => `, ${pair}`).join('') }];
  }
  const { at, lineIsOver } = lineBelow(text, endOf(map));
  const indent = ' '.repeat(columnOf(text, startOf(map)));
  return [
    {
      start: at,
      end: at,
      text: pairs.map((pair) => (lineIsOver ? indent + pair + eol : eol + indent + pair)).join(''),
    },
  ];
}
