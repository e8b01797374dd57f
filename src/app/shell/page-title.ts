import { readableClusterId } from '../../domain/cluster-id.ts';
import type { Freshness } from '../api/freshness.ts';
import type { ClusterPanel, Route } from '../routing/routes.ts';
import { text } from '../text/text.ts';

/** What the title says of the fleet, for somebody in another tab. `dead`: null where it is not known. */
export interface TitleStatus {
  readonly freshness: Freshness['kind'];
  readonly dead: number | null;
  /** Its name, of several; null: it is the only one. */
  readonly ray?: string | null;
}

/**
 * The document's title on a screen: what differs between tabs comes first, so that it stays when the browser cuts the rest.
 * While the fleet can't be read, its dead nodes are not counted.
 */
export function pageTitleOf(route: Route, status: TitleStatus): string {
  return [alertOf(status), ...partsOf(route), status.ray ?? null]
    .filter((part) => part !== null)
    .join(text.shell.titles.separator);
}

function alertOf({ freshness, dead }: TitleStatus): string | null {
  const words = text.shell.titles;
  switch (freshness) {
    case 'ray-unreachable':
    case 'ray-fails':
    case 'ray-unreadable':
    case 'console-unreachable':
      return words.failing[freshness];
    case 'connecting':
    case 'signed-out':
      return null;
    case 'live':
    case 'aged':
      return dead === null || dead === 0 ? null : words.dead(dead);
  }
}

function partsOf(route: Route): readonly string[] {
  const words = text.shell.titles;
  switch (route.page) {
    case 'clusters':
      return route.panel === null ? [text.clusters.title] : [panelTitleOf(route.panel), text.clusters.title];
    case 'nodes':
      return [text.nodes.title];
    case 'usage':
      return [text.shell.usage];
    case 'fleet-file':
      return [text.shell.fleetFile];
    case 'plans':
      return [text.shell.plans];
    case 'journal':
      return [text.titles.journal];
    case 'sign-in':
      return [text.titles.signIn, text.clusters.title];
    case 'not-found':
      return [words.notFound, text.clusters.title];
  }
}

function panelTitleOf(panel: ClusterPanel): string {
  switch (panel.kind) {
    case 'view':
      return readableClusterId(panel.clusterId);
    case 'edit':
      return text.titles.edit(readableClusterId(panel.clusterId));
    case 'create':
      return text.titles.create;
  }
}
