/** The words of the page, a section a screen. Each section is loaded with what first needs it. */
export { clusters } from './en/clusters.ts';
export { editor } from './en/editor.ts';
export { ago, copy, facts, pages } from './en/facts.ts';
export * as jobWords from './en/job-words.ts';
export { journal } from './en/journal.ts';
export { lately } from './en/lately.ts';
export { map } from './en/map.ts';
export { nodes } from './en/nodes.ts';
export { outage } from './en/outage.ts';
export { matrix, overview } from './en/overview.ts';
export { panel } from './en/panel.ts';
export { rayDashboard } from './en/ray-dashboard.ts';
export { recreate } from './en/recreate.ts';
export { remove } from './en/remove.ts';
export { api, freshness, shell } from './en/shell.ts';
export { session } from './en/session.ts';
export { simulation } from './en/simulation.ts';
export * as titles from './en/titles.ts';
