import { useAtServerTime, useFleet, useSession } from '../../api/console.tsx';
import { useFreshness } from '../../api/use-freshness.ts';
import { text } from '../../text/text.ts';
import { clockText, fullTimeText } from '../../ui/time-text.ts';
import classes from './outage-banner.module.css';
import { outageOf, type Outage } from './outage-state.ts';

const words = text.outage;

const HOUR = 3_600_000;

/** On every screen, while something is wrong with what it shows: what, since when, and what to do about it. */
export function OutageBanner() {
  const { fleet } = useFleet();
  const session = useSession();
  const outage = outageOf(fleet, useFreshness());
  // Recent and older times are formatted differently; an hour's precision is enough to decide that.
  const now = useAtServerTime(HOUR, (at) => Math.floor(at / HOUR) * HOUR);
  if (outage === null) return null;
  const { title, detail } = outageText(outage, session?.ray ?? null, now);
  return (
    <section className={classes['banner']} data-kind={outage.kind} aria-label={title}>
      <h2 className={classes['title']}>
        <span aria-hidden="true">{outage.kind === 'stale' ? '! ' : '✕ '}</span>
        {title}
      </h2>
      <p className={classes['detail']}>{detail}</p>
    </section>
  );
}

interface OutageText {
  readonly title: string;
  readonly detail: string;
}

function outageText(
  outage: Outage,
  ray: { readonly address: string; readonly simulated: boolean } | null,
  now: number,
): OutageText {
  switch (outage.kind) {
    case 'console-unreachable':
      return {
        title: words.consoleUnreachable.title(momentText(outage.since, now)),
        detail: `${dataAgeText(outage.shownFrom, now)} ${words.consoleUnreachable.next}`,
      };
    case 'ray-unreachable':
      return {
        title: words.rayUnreachable.title(momentText(outage.since, now)),
        detail: `${dataAgeText(outage.shownFrom, now)} ${ray === null || ray.simulated ? words.rayUnreachable.nextSimulated : words.rayUnreachable.next(ray.address)}`,
      };
    case 'ray-fails':
      return {
        title: words.rayFails.title(momentText(outage.since, now)),
        detail: `${dataAgeText(outage.shownFrom, now)} ${words.rayFails.next}`,
      };
    case 'ray-unreadable':
      return {
        title: words.rayUnreadable.title(momentText(outage.since, now)),
        detail: `${text.facts.why('list', outage.reason)} ${dataAgeText(outage.shownFrom, now)} ${words.rayUnreadable.next}`,
      };
    case 'list-unreadable':
      return { title: words.listUnreadable.title, detail: words.listUnreadable.detail };
    case 'stale':
      return { title: words.stale.title(ageText(outage.age)), detail: words.stale.next };
  }
}

function dataAgeText(at: number | null, now: number): string {
  return at === null ? words.nothingShown : words.shownFrom(momentText(at, now));
}

/** A time of today as 21:04, an older one with its date. */
function momentText(at: number, now: number): string {
  return now - at < 12 * HOUR ? clockText(at) : fullTimeText(at);
}

function ageText(ms: number): string {
  return ms < 2 * HOUR ? words.age.minutes(Math.ceil(ms / 60_000)) : words.age.hours(Math.ceil(ms / HOUR));
}
