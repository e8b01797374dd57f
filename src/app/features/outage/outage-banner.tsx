import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useAtServerTime, useFleet, useSession } from '../../api/console.tsx';
import { cachedFleet } from '../../api/fleet-query.ts';
import { useFreshness } from '../../api/use-freshness.ts';
import { text } from '../../text/text.ts';
import classes from './outage-banner.module.css';
import { outageOf } from './outage-state.ts';
import { outageText } from './outage-text.ts';
import { useTryNow } from '../../api/use-try-now.ts';

const words = text.outage;

const HOUR = 3_600_000;

/**
 * On every screen, while something is wrong with what it shows: what, since when, what still works and what to check. The
 * label of the data's age announces it, so that the seconds counted here are read out to nobody.
 */
export function OutageBanner() {
  const { fleet } = useFleet();
  const session = useSession();
  const outage = outageOf(fleet, useFreshness());
  // Recent and older times are formatted differently; an hour's precision is enough to decide that.
  const now = useAtServerTime(HOUR, (at) => Math.floor(at / HOUR) * HOUR);
  if (outage === null) return null;
  const { title, sentences } = outageText(outage, session?.ray ?? null, now);
  const isRetried = outage.kind !== 'list-unreadable' && outage.kind !== 'console-unreachable';
  return (
    <section className={classes['banner']} data-kind={outage.kind} aria-label={title}>
      <h2 className={classes['title']}>
        <span aria-hidden="true">{outage.kind === 'stale' ? '! ' : '✕ '}</span>
        {title}
      </h2>
      <p className={classes['detail']}>{text.joins.sentences(sentences)}</p>
      {isRetried && <NextTry />}
    </section>
  );
}

/** When Ray is asked next, counted down, and a button that does not wait for it. */
function NextTry() {
  const client = useQueryClient();
  const tryNow = useTryNow();
  // Not from the fleet, which keeps its identity while only times change.
  const seconds = useAtServerTime(1_000, (now) => {
    const at = cachedFleet(client)?.sources.list.nextReadAt;
    return at === undefined ? -1 : Math.max(0, Math.ceil((at - now) / 1_000));
  });
  return (
    <span className={classes['next']}>
      <span className={classes['seconds']} aria-hidden="true">
        {tryNow.isPending ? words.trying : seconds >= 0 && words.next(seconds)}
      </span>
      <Button
        size="xs"
        variant="default"
        aria-disabled={tryNow.isPending}
        onClick={() => {
          if (!tryNow.isPending) tryNow.mutate();
        }}
      >
        {words.tryNow}
      </Button>
      {tryNow.isError && <span role="alert">{words.tryFailed}</span>}
    </span>
  );
}
