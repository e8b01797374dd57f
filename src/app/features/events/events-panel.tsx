import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useSearch } from 'wouter/use-browser-location';
import { useConsole, useFleet } from '../../api/console.tsx';
import { fleetEventsQuery } from '../../api/fleet-events-query.ts';
import { fleetEpochOf } from '../../api/fleet-version.ts';
import { text } from '../../text/text.ts';
import { Ago } from '../../api/ago.tsx';
import { Link } from '../../routing/link.tsx';
import { eventMapPath, eventText } from './event-text.ts';
import classes from './events-panel.module.css';
import { Icon } from '../../ui/icon.tsx';

/** Recent events of the fleet, newest first; each links to the place on the map where it shows. */
export function EventsPanel() {
  const { api } = useConsole();
  const { fleet } = useFleet();
  const { data, error } = useQuery(
    fleetEventsQuery(api, fleet === null ? null : fleetEpochOf(fleet.version), fleet?.lately ?? 0),
  );
  const [isOpen, setOpen] = useState(true);
  const search = useSearch();
  const words = text.lately;
  const id = useId();
  return (
    <section className={classes['panel']} data-open={isOpen} aria-labelledby={id}>
      <div className={classes['head']}>
        <h2 id={id}>{words.title}</h2>
        <button
          type="button"
          className={`icon-button ${classes['toggle'] ?? ''}`}
          aria-expanded={isOpen}
          aria-label={isOpen ? words.hide : words.show}
          title={isOpen ? words.hide : words.show}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon of={isOpen ? 'right' : 'left'} />
        </button>
      </div>
      {isOpen && data === undefined && (
        <p className={classes['none']}>{error === null ? words.loading : words.failed(error.message)}</p>
      )}
      {isOpen && data !== undefined && data.happenings.length === 0 && (
        <p className={classes['none']}>{words.nothing}</p>
      )}
      {isOpen && data !== undefined && data.happenings.length > 0 && (
        <ul className={`plain-list ${classes['list'] ?? ''}`} data-log>
          {data.happenings.toReversed().map((event) => {
            const href = eventMapPath(event, search);
            return (
              <li key={event.n} data-kind={event.kind}>
                {href === null ? <span>{eventText(event)}</span> : <Link href={href}>{eventText(event)}</Link>}
                <span className={classes['when']}>
                  <Ago at={event.at} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
