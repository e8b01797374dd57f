import type { Session } from '../../../contract/session.ts';
import { text } from '../../text/text.ts';
import { clockText, fullTimeText } from '../../ui/time-text.ts';
import type { Outage } from './outage-state.ts';

const words = text.outage;

const HOUR = 3_600_000;

export interface OutageText {
  readonly title: string;
  /** What was met, from when what is shown is, what still works, and what to check: a sentence each. */
  readonly sentences: readonly string[];
}

/** An outage in words. `now`: the back end's time, milliseconds since 1970, to the hour. */
export function outageText(outage: Outage, ray: Session['ray'] | null, now: number): OutageText {
  switch (outage.kind) {
    case 'console-unreachable': {
      const { title, met, works, check } = words.consoleUnreachable;
      return { title: title(moment(outage.since, now)), sentences: [met, shown(outage, now), works, check] };
    }
    case 'ray-unreachable': {
      const { title, check, checkSimulated } = words.rayUnreachable;
      const advice = ray?.simulated === true ? checkSimulated : check;
      return {
        title: title(moment(outage.since, now)),
        sentences: [metText(outage, ray), shown(outage, now), words.works, advice],
      };
    }
    case 'ray-fails': {
      const { title, check } = words.rayFails;
      return {
        title: title(moment(outage.since, now)),
        sentences: [metText(outage, ray), shown(outage, now), words.works, check],
      };
    }
    case 'ray-unreadable': {
      const { title, check, statusCheck } = words.rayUnreadable;
      const { cause } = outage;
      const advice = cause?.kind === 'status' ? statusCheck(cause.status) : check;
      return {
        title: title(moment(outage.since, now)),
        sentences: [metText(outage, ray), shown(outage, now), words.works, advice],
      };
    }
    case 'list-unreadable':
      return { title: words.listUnreadable.title, sentences: [words.listUnreadable.detail] };
    case 'stale': {
      const { title, slow, notRead, works } = words.stale;
      return { title: title(ageText(outage.age)), sentences: [outage.cause === 'slow' ? slow : notRead, works] };
    }
  }
}

function metText(
  { reason, cause }: Extract<Outage, { readonly reason: unknown }>,
  ray: Pick<Session['ray'], 'address' | 'simulated'> | null,
): string {
  const address = ray === null || ray.simulated ? words.simulatedAddress : ray.address;
  if (cause === null) return words.met(address, reason);
  return cause.kind === 'status' ? words.metStatus(address, cause.status) : words.metNetwork(address, cause.error);
}

function shown({ shownFrom }: { readonly shownFrom: number | null }, now: number): string {
  return shownFrom === null ? words.nothingShown : words.shownFrom(moment(shownFrom, now));
}

/** A time of today as 21:04, an older one with its date. */
function moment(at: number, now: number): string {
  return now - at < 12 * HOUR ? clockText(at) : fullTimeText(at);
}

function ageText(ms: number): string {
  return ms < 2 * HOUR ? words.age.minutes(Math.ceil(ms / 60_000)) : words.age.hours(Math.ceil(ms / HOUR));
}
