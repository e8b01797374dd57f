import { isEmptyProfile, profileFields, type ProfileField } from '../domain/cluster-profile.ts';
import { countOf, templatesOf } from '../domain/replica-sets.ts';
import type { FleetCluster } from './fleet-cluster.ts';
import { yamlText } from './yaml-text.ts';

const HEADER = `# Virtual clusters. "virtual-cluster-console diff" tells how the fleet differs from this file, "apply" changes it.
version: 1
`;

/** A whole new file. */
export function renderFile(clusters: readonly FleetCluster[], eol = '\n'): string {
  return HEADER.replaceAll('\n', eol) + renderList(clusters, eol);
}

/** The list with its key, and a line break at its end. */
export function renderList(clusters: readonly FleetCluster[], eol: string): string {
  if (clusters.length === 0) return `clusters: []${eol}`;
  return ['clusters:', ...clusters.flatMap((each) => renderItem(each, '  ')), ''].join(eol);
}

/** One item of the list, as lines. */
export function renderItem(cluster: FleetCluster, indent: string): readonly string[] {
  const sets = entriesOf(cluster);
  return [
    `- id: ${yamlText(cluster.id)}`,
    `  divisible: ${String(cluster.divisible)}`,
    ...(sets.length === 0 ? ['  replicaSets: {}'] : ['  replicaSets:', ...sets.map((entry) => `    ${entry}`)]),
    ...profileEntries(cluster).map((entry) => `  ${entry}`),
  ].map((line) => indent + line);
}

/** One item in brackets, for lists that are written so. */
export function renderFlowItem(cluster: FleetCluster): string {
  const sets = entriesOf(cluster);
  const entries = [
    `id: ${yamlText(cluster.id)}`,
    `divisible: ${String(cluster.divisible)}`,
    `replicaSets: ${sets.length === 0 ? '{}' : `{ ${sets.join(', ')} }`}`,
    ...profileEntries(cluster),
  ];
  return `{ ${entries.join(', ')} }`;
}

export function renderCount(templateId: string, count: number): string {
  return `${yamlText(templateId)}: ${String(count)}`;
}

export function renderProfileValue(profile: NonNullable<FleetCluster['profile']>, field: ProfileField): string {
  return field === 'labels' ? `[${profile.labels.map(yamlText).join(', ')}]` : yamlText(profile[field]);
}

function entriesOf({ replicaSets }: FleetCluster): readonly string[] {
  return templatesOf(replicaSets)
    .filter((templateId) => countOf(replicaSets, templateId) > 0)
    .map((templateId) => renderCount(templateId, countOf(replicaSets, templateId)));
}

function profileEntries({ profile }: FleetCluster): readonly string[] {
  if (profile === null || isEmptyProfile(profile)) return [];
  return profileFields
    .filter((field) => profile[field].length > 0)
    .map((field) => `${field}: ${renderProfileValue(profile, field)}`);
}
