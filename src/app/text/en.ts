import { clusters } from './en/clusters.ts';
import { editor } from './en/editor.ts';
import { ago, copy, facts, pages } from './en/facts.ts';
import { journal } from './en/journal.ts';
import { lately } from './en/lately.ts';
import { map } from './en/map.ts';
import { nodes } from './en/nodes.ts';
import { outage } from './en/outage.ts';
import { overview } from './en/overview.ts';
import { panel } from './en/panel.ts';
import { rayDashboard } from './en/ray-dashboard.ts';
import { recreate } from './en/recreate.ts';
import { remove } from './en/remove.ts';
import { api, freshness, shell } from './en/shell.ts';
import { session } from './en/session.ts';
import { simulation } from './en/simulation.ts';

/** Every string of the page, a section a screen. */
export const en = {
  ago,
  api,
  clusters,
  copy,
  editor,
  facts,
  freshness,
  journal,
  lately,
  map,
  nodes,
  outage,
  overview,
  pages,
  panel,
  rayDashboard,
  recreate,
  remove,
  session,
  shell,
  simulation,
};
