import { useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useAtServerTime } from '../api/console.tsx';
import { cachedFleet } from '../api/fleet-query.ts';
import { OLD_AFTER_MS, type Freshness } from '../api/freshness.ts';
import { freshnessLevel, freshnessText } from '../api/freshness-text.ts';
import { useFreshness } from '../api/use-freshness.ts';
import { text } from '../text/text.ts';
import { usePopover } from '../ui/use-popover.ts';
import classes from './freshness-indicator.module.css';

const words = text.freshness;

/** How current the screen is, and why on a press; announced to screen readers only when its kind changes. */
export function FreshnessIndicator() {
  const freshness = useFreshness();
  const { place, button, isOpen, toggle } = usePopover<HTMLSpanElement>();
  const noteId = useId();
  return (
    <span
      ref={place}
      className={classes['freshness']}
      data-kind={freshness.kind}
      data-level={freshnessLevel(freshness)}
    >
      <button
        ref={button}
        type="button"
        className={classes['label']}
        aria-expanded={isOpen}
        aria-controls={isOpen ? noteId : undefined}
        onClick={toggle}
      >
        <span className={classes['dot']} aria-hidden="true" />
        <span className={classes['words']}>{freshnessText(freshness)}</span>
      </button>
      <span role="status" className="visually-hidden">
        {spokenOf(freshness)}
      </span>
      {isOpen && (
        <div id={noteId} className={`popover ${classes['note'] ?? ''}`}>
          <Note freshness={freshness} />
        </div>
      )}
    </span>
  );
}

/** When the list was read, counted while it is looked at, and why it is not newer. */
function Note({ freshness }: { readonly freshness: Freshness }) {
  const client = useQueryClient();
  const readAt = cachedFleet(client)?.sources.list.readAt ?? null;
  const seconds = useAtServerTime(1_000, (now) => {
    const at = cachedFleet(client)?.sources.list.readAt ?? null;
    return at === null ? 0 : Math.max(0, Math.round((now - at) / 1_000));
  });
  return (
    <>
      {readAt !== null && <p>{words.readAgo(seconds)}</p>}
      <p>{whyOf(freshness, cachedFleet(client)?.sources.list.took ?? 0)}</p>
    </>
  );
}

function whyOf(freshness: Freshness, took: number): string {
  switch (freshness.kind) {
    case 'live':
      return words.why.live;
    case 'connecting':
      return words.why.connecting;
    case 'signed-out':
      return words.why.signedOut;
    case 'aged':
      return { cache: words.why.cache, slow: words.why.slow(Math.round(took / 1_000)), 'not-read': words.why.notRead }[
        freshness.cause
      ];
    case 'ray-unreachable':
    case 'ray-fails':
    case 'ray-unreadable':
    case 'console-unreachable':
      return words.why.failing;
  }
}

function spokenOf(freshness: Freshness): string {
  // A growing age is not announced: only the kind and the time of a failure are.
  if (freshness.kind !== 'aged') return freshnessText(freshness);
  return freshness.age <= OLD_AFTER_MS ? words.agedSpoken : words.oldSpoken;
}
