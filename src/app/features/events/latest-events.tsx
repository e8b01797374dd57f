import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import type { FleetEvent } from '../../../contract/recent-events.ts';
import { Ago } from '../../api/ago.tsx';
import { useConsole, useFleet } from '../../api/console.tsx';
import { fleetEpochOf } from '../../api/fleet-version.ts';
import { fleetEventsQuery } from '../../api/fleet-events-query.ts';
import { Link } from '../../routing/link.tsx';
import { text } from '../../text/text.ts';
import { eventMapPath, eventText } from './event-text.ts';
import classes from './latest-events.module.css';

const words = text.lately;

/** How many events stand in the overview; the map has them all. */
const SHOWN = 20;

/** The events of the last minutes, a line each, newest first. */
export function LatestEvents() {
  const { api } = useConsole();
  const { fleet } = useFleet();
  const { data, error } = useQuery(
    fleetEventsQuery(api, fleet === null ? null : fleetEpochOf(fleet.version), fleet?.lately ?? 0),
  );
  const events = data?.happenings.toReversed().slice(0, SHOWN) ?? [];
  const nothing = data !== undefined ? words.nothing : error === null ? words.loading : words.failed(error.message);
  return (
    <section aria-labelledby="latest-events">
      <h2 id="latest-events" className={classes['title']}>
        {words.title}
      </h2>
      {events.length === 0 ? (
        <p className="quiet">{nothing}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Without it the keyboard can't scroll it.
        <ul className={`plain-list ${classes['events'] ?? ''}`} aria-label={words.title} tabIndex={0} data-log>
          {events.map((event) => (
            <EventLine key={event.n} event={event} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Renders an event once: it never changes, and its number and time identify it. */
const EventLine = memo(
  function EventLine({ event }: { readonly event: FleetEvent }) {
    const href = eventMapPath(event, '');
    return (
      <li data-kind={event.kind}>
        {href === null ? <span>{eventText(event)}</span> : <Link href={href}>{eventText(event)}</Link>}
        <span className="quiet">
          <Ago at={event.at} />
        </span>
      </li>
    );
  },
  (before, after) => before.event.n === after.event.n && before.event.at === after.event.at,
);
