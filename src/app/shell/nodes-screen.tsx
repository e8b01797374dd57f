import { EventsPanel } from '../features/events/events-panel.tsx';
import { NodesPage } from '../features/nodes/nodes-page.tsx';

/** The nodes, and beside their map what changed lately. */
export function NodesScreen() {
  return <NodesPage events={<EventsPanel />} />;
}
