import { useState } from 'react';
import type { UnknownReason } from '../../../domain/sourced.ts';
import type { FreePool, FreeTemplate } from '../../../domain/fleet.ts';
import { text } from '../../text/text.ts';
import { useIsPrinting } from '../../ui/use-is-printing.ts';
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
  const reasons = pool === null ? [] : reasonsFor(pool, stateFailure);
  return (
    <section className={classes['strip']} aria-labelledby="free-nodes">
      <h2 id="free-nodes" className={classes['title']}>
        {words.title}
      </h2>
      {pool === null || pool.templates.length === 0 ? (
        <span className="quiet">{isLoading ? words.reading : text.facts.unknown}</span>
      ) : (
        <ul className={`plain-list ${classes['templates'] ?? ''}`}>
          {shown.map((template) => (
            <Template key={template.templateId} template={template} />
          ))}
          {isWhole && workers.length > MOST && (
            <li className="quiet">{words.showMoreTemplates(workers.length - MOST)}</li>
          )}
          {heads.map((template) => (
            <Template key={template.templateId} template={template} />
          ))}
        </ul>
      )}
      {workers.length > SHOWN && (
        <button type="button" className="link-button" onClick={() => setAsked(!isWhole)}>
          {isWhole ? words.showFewer : words.showAll(workers.length)}
        </button>
      )}
      {pool !== null && <PrimaryJobClusters jobClusters={pool.jobClusters} />}
      {reasons.map((reason) => (
        <p key={reason} className={classes['reason']}>
          {reason}
        </p>
      ))}
    </section>
  );
}

function Template({ template }: { readonly template: FreeTemplate }) {
  const { templateId, free, alive, isHeadTemplate } = template;
  const of = alive.known ? alive.value : null;
  const share = free.known && of !== null && of > 0 ? Math.min(1, free.value.count / of) : 0;
  const kind = !free.known ? 'unknown' : free.value.atMost ? 'at-most' : 'exact';
  return (
    <li className={classes['template']} data-head={isHeadTemplate} title={isHeadTemplate ? words.headTitle : undefined}>
      <span className={classes['name']}>{templateId}</span>
      <span className={classes['bar']} data-kind={kind} aria-hidden="true">
        <span className={classes['share']} style={{ width: `${String(share * 100)}%` }} />
      </span>
      <span className={classes['count']} data-kind={kind}>
        {countText(template)}
        {isHeadTemplate && words.head}
      </span>
    </li>
  );
}

function countText({ free, alive }: FreeTemplate): string {
  const of = alive.known ? alive.value : null;
  if (of === 0) return words.noneAlive;
  if (!free.known) return of === null ? text.facts.unknown : words.unknownOf(of);
  const { count, atMost } = free.value;
  if (of === null) return atMost ? words.someAtMost(count) : words.some(count);
  return atMost ? words.atMost(count, of) : words.ofAll(count, of);
}

/** Each reason once, however many templates share it. */
function reasonsFor({ templates }: FreePool, stateFailure: UnknownReason | null): readonly string[] {
  const reasons = new Set<string>();
  for (const { free } of templates) {
    if (!free.known) reasons.add(words.whyUnknown(text.facts.why(free.source, free.reason)));
    else if (free.value.atMost) reasons.add(words.whyAtMost(text.facts.why('state', stateFailure ?? 'not-read-yet')));
  }
  return [...reasons];
}
