import type { Session } from '../../../contract/session.ts';
import { useAtServerTime } from '../../api/console.tsx';
import type { PageFleet } from '../../api/page-fleet.ts';
import { useFreshness } from '../../api/use-freshness.ts';
import { text } from '../../text/text.ts';
import { Notice } from '../../ui/notice.tsx';
import { clockText, fullTimeText } from '../../ui/time-text.ts';
import { bannersOf, type Banner } from './list-state.ts';

const words = text.clusters.banners;

interface ListBannersProps {
  readonly fleet: PageFleet | null;
  readonly session: Session | null;
}

const HOUR = 3_600_000;

/** What is wrong with the list, since when, and what to do about it. */
export function ListBanners({ fleet, session }: ListBannersProps) {
  const freshness = useFreshness();
  // Recent and older times are formatted differently; an hour's precision is enough to decide that.
  const now = useAtServerTime(HOUR, (at) => Math.floor(at / HOUR) * HOUR);
  return bannersOf(fleet, freshness, session).map((banner) => (
    <OneBanner key={banner.kind} banner={banner} session={session} now={now} />
  ));
}

function OneBanner({
  banner,
  session,
  now,
}: {
  readonly banner: Banner;
  readonly session: Session | null;
  readonly now: number;
}) {
  switch (banner.kind) {
    case 'console-unreachable':
      return (
        <Notice kind="bad" title={words.consoleUnreachable.title(momentText(banner.since, now))}>
          {dataAgeText(banner.shownFrom, now)} {words.consoleUnreachable.next}
        </Notice>
      );
    case 'ray-unreachable':
      return (
        <Notice kind="bad" title={words.rayUnreachable.title(momentText(banner.since, now))}>
          {dataAgeText(banner.shownFrom, now)}{' '}
          {session === null || session.ray.simulated
            ? words.rayUnreachable.nextSimulated
            : words.rayUnreachable.next(session.ray.address)}
        </Notice>
      );
    case 'ray-fails':
      return (
        <Notice kind="bad" title={words.rayFails.title(momentText(banner.since, now))}>
          {dataAgeText(banner.shownFrom, now)} {words.rayFails.next}
        </Notice>
      );
    case 'ray-unreadable':
      return (
        <Notice kind="bad" title={words.rayUnreadable.title(momentText(banner.since, now))}>
          {text.facts.why('list', banner.reason)} {dataAgeText(banner.shownFrom, now)} {words.rayUnreadable.next}
        </Notice>
      );
    case 'list-unreadable':
      return (
        <Notice kind="bad" title={words.listUnreadable.title}>
          {words.listUnreadable.detail}
        </Notice>
      );
    case 'stale':
      return (
        <Notice kind="warn" title={words.stale.title(ageText(banner.age))}>
          {words.stale.next}
        </Notice>
      );
    case 'read-only':
      return (
        <Notice kind="info" title={words.readOnly.title}>
          {banner.because ?? words.readOnly.detail}
        </Notice>
      );
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
  return ms < 2 * HOUR
    ? text.clusters.age.minutes(Math.ceil(ms / 60_000))
    : text.clusters.age.hours(Math.ceil(ms / HOUR));
}
