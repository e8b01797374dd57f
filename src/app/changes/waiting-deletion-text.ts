import type { WaitingDeletion } from '../../contract/fleet.ts';
import { text } from '../text/text.ts';

const MINUTE = 60_000;

/** The status of a waiting deletion, brief and in full. `now`: the back end's time, ms since 1970. */
export function waitingDeletionText(
  { idleSince, notIdle }: Pick<WaitingDeletion, 'idleSince' | 'notIdle'>,
  now: number,
): { readonly brief: string; readonly full: string } {
  const words = text.whenIdle;
  const { sentence, sentences } = text.joins;
  switch (notIdle?.kind) {
    case 'jobs': {
      const brief = words.jobs(notIdle.count);
      return { brief, full: sentences([sentence(brief), words.idleDetail]) };
    }
    case 'leftovers': {
      const brief = words.leftovers(notIdle.count);
      return { brief, full: sentences([sentence(brief), words.leftoversDetail]) };
    }
    case 'busy-nodes': {
      const brief = words.used(notIdle.count);
      return { brief, full: sentences([sentence(brief), words.usedDetail]) };
    }
    case 'unknown':
      return {
        brief: words.unknown,
        full: sentences([sentence(words.unknown), text.facts.why(notIdle.source, notIdle.reason)]),
      };
    case undefined: {
      const brief = idleSince === null ? words.looking : words.idle(Math.floor(Math.max(0, now - idleSince) / MINUTE));
      return { brief, full: sentences([sentence(brief), words.idleDetail]) };
    }
  }
}
