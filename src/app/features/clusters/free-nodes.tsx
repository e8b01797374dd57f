import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { shownValue, type UnknownReason } from '../../../domain/sourced.ts';
import type { FreePool, FreeTemplate } from '../../../domain/fleet.ts';
import { text } from '../../text/text.ts';
import { useIsPrinting } from '../../ui/use-is-printing.ts';
import { LastKnown } from '../../ui/sourced-value.tsx';
import { clockText } from '../../ui/time-text.ts';
import { PrimaryJobClusters } from './primary-job-clusters.tsx';
import classes from './free-nodes.module.css';

const words = text.clusters.free;

/** How many templates are shown before the rest is asked for, and then at most. */
const SHOWN = 12;
const MOST = 100;

interface FreeNodesProps {
  /** Null before the first answer. */
  readonly pool: FreePool | null;
  /** Why Ray's state API, which lists the pool, fails; null while it does not. */
  readonly stateFailure: UnknownReason | null;
  /** Whether the first answer may still arrive. */
  readonly isLoading: boolean;
}

/** The number of free nodes of each template. */
export function FreeNodes({ pool, stateFailure, isLoading }: FreeNodesProps) {
  const [isAsked, setAsked] = useState(false);
  const isWhole = useIsPrinting() || isAsked;
  const workers = (pool?.templates ?? []).filter(({ isHeadTemplate }) => !isHeadTemplate);
  const heads = (pool?.templates ?? []).filter(({ isHeadTemplate }) => isHeadTemplate);
  const shown = workers.slice(0, isWhole ? MOST : SHOWN);
  const asOf = pool === null ? null : oldestLastKnown(pool);
  const reasons = pool === null ? [] : reasonsFor(pool, stateFailure);
  return (
    <section className={classes['strip']} aria-labelledby="free-nodes" data-whole={isWhole}>
      <h2 id="free-nodes" className={classes['title']}>
        {words.title}
      </h2>
      {pool === null || pool.templates.length === 0 ? (
        <span className="quiet">{isLoading ? words.reading : text.facts.unknown}</span>
      ) : (
        <Templates>
          {shown.map((template) => (
            <Template key={template.templateId} template={template} />
          ))}
          {isWhole && workers.length > MOST && (
            <li className="quiet">{words.showMoreTemplates(workers.length - MOST)}</li>
          )}
          {heads.map((template) => (
            <Template key={template.templateId} template={template} />
          ))}
        </Templates>
      )}
      {workers.length > SHOWN && (
        <button type="button" className={`link-button ${classes['all'] ?? ''}`} onClick={() => setAsked(!isWhole)}>
          {isWhole ? words.showFewer : words.showAll(workers.length)}
        </button>
      )}
      {reasons.length > 0 && (
        <p className={classes['reason']} title={reasons.join(' ')}>
          {asOf !== null && <b>{words.asOf(clockText(asOf))} </b>}
          {reasons.join(' ')}
        </p>
      )}
      {pool !== null && <PrimaryJobClusters jobClusters={pool.jobClusters} />}
    </section>
  );
}

/** The templates on one line, which scrolls sideways; then the keyboard can scroll it too. */
function Templates({ children }: { readonly children: ReactNode }) {
  const list = useRef<HTMLUListElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <ul
      ref={list}
      className={`plain-list ${classes['templates'] ?? ''}`}
      aria-label={words.title}
      data-scrolls={scrolls}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Without it the keyboard can't scroll it.
      tabIndex={scrolls ? 0 : undefined}
    >
      {children}
    </ul>
  );
}

function Template({ template }: { readonly template: FreeTemplate }) {
  const { templateId, free, alive, isHeadTemplate } = template;
  const of = shownValue(alive)?.value ?? null;
  const shown = shownValue(free)?.value ?? null;
  const share = shown !== null && of !== null && of > 0 ? Math.min(1, shown.count / of) : 0;
  const kind = shown === null ? 'unknown' : shown.atMost ? 'at-most' : 'exact';
  const count = countText(shown, of);
  return (
    <li
      className={classes['template']}
      data-head={isHeadTemplate}
      data-last-known={!free.known}
      title={isHeadTemplate ? words.headTitle : undefined}
    >
      <span className={classes['name']}>{templateId}</span>
      <span className={classes['bar']} data-kind={kind} aria-hidden="true">
        <span className={classes['share']} style={{ width: `${String(share * 100)}%` }} />
      </span>
      <span className={classes['count']} data-kind={kind}>
        {!free.known && free.last !== undefined ? (
          <LastKnown fact={free} at={free.last.at}>
            {count}
          </LastKnown>
        ) : (
          count
        )}
        {isHeadTemplate && words.head}
      </span>
    </li>
  );
}

function countText(free: { readonly count: number; readonly atMost: boolean } | null, of: number | null): string {
  if (of === 0) return words.noneAlive;
  if (free === null) return of === null ? text.facts.unknown : words.unknownOf(of);
  const { count, atMost } = free;
  if (of === null) return atMost ? words.someAtMost(count) : words.some(count);
  return atMost ? words.atMost(count, of) : words.ofAll(count, of);
}

/** When the oldest of the counts that are not current was read; null while all are current or none is known. */
function oldestLastKnown({ templates }: FreePool): number | null {
  const times = templates.flatMap(({ free }) => (free.known || free.last === undefined ? [] : [free.last.at]));
  return times.length === 0 ? null : Math.min(...times);
}

/** Each reason once, however many templates share it. */
function reasonsFor({ templates }: FreePool, stateFailure: UnknownReason | null): readonly string[] {
  const reasons = new Set<string>();
  for (const { free } of templates) {
    if (!free.known) {
      const why = text.facts.why(free.source, free.reason);
      reasons.add(free.last === undefined ? words.whyUnknown(why) : why);
    } else if (free.value.atMost) reasons.add(words.whyAtMost(text.facts.why('state', stateFailure ?? 'not-read-yet')));
  }
  return [...reasons];
}
