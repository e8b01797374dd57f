import { Attention } from '../features/clusters/overview/attention.tsx';
import { LatestEvents } from '../features/events/latest-events.tsx';

/** What stands beside the overview's bars: one piece of code, loaded after the list. */
export function OverviewSide() {
  return (
    <>
      <Attention />
      <LatestEvents />
    </>
  );
}
