import { Attention } from '../features/clusters/overview/attention.tsx';
import { FleetWeek } from '../features/clusters/overview/fleet-week.tsx';
import { LatestEvents } from '../features/events/latest-events.tsx';

/** What stands below the overview's bars where they are beside the list: one piece of code, loaded after the list. */
export function RailSide() {
  return (
    <>
      <Attention />
      <FleetWeek />
      <LatestEvents />
    </>
  );
}
