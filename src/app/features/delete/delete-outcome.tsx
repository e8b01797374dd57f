import { useEffect, useRef } from 'react';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { useSectionLevel } from '../../ui/section-level.tsx';
import { resultText } from '../../changes/result-text.ts';
import { text } from '../../text/text.ts';
import { UnknownSource } from '../../ui/sourced-value.tsx';
import { Notice } from '../../ui/notice.tsx';
import classes from './delete-outcome.module.css';
import { Holders } from '../../cluster-ui/holders.tsx';
import { leftoverJobClustersOf, runningJobsOf } from '../../cluster-ui/leftovers.ts';
import { RecheckStatus } from '../../changes/recheck-status.tsx';
import type { Deletion } from './use-delete.ts';

interface DeleteOutcomeProps {
  readonly deletion: Deletion;
  readonly cluster: VirtualCluster | null;
  /** Null while a deletion is waiting already. */
  readonly askWhenIdle: ((cluster: VirtualCluster) => void) | null;
}

/** The outcome of a delete that was not applied, and what to do next. Its heading receives the focus. */
export function DeleteOutcome({ deletion, cluster, askWhenIdle }: DeleteOutcomeProps) {
  const words = text.remove;
  const { state } = deletion;
  const heading = useRef<HTMLHeadingElement>(null);
  const level = useSectionLevel();
  const common = { headingRef: heading, level } as const;

  useEffect(() => {
    // After the dialog has released the focus.
    if (state.kind !== 'none' && state.kind !== 'sending') queueMicrotask(() => heading.current?.focus());
  }, [state.kind]);

  switch (state.kind) {
    case 'none':
    case 'sending':
    case 'applied':
      return null;
    case 'in-use':
      return cluster === null ? null : (
        <Notice
          kind="bad"
          title={words.inUse.title}
          {...common}
          {...(askWhenIdle === null ? {} : { action: { label: text.whenIdle.start, act: () => askWhenIdle(cluster) } })}
        >
          <InUse cluster={cluster} />
          {askWhenIdle !== null && <p className="quiet">{text.whenIdle.means}</p>}
        </Notice>
      );
    case 'not-found':
      return (
        <Notice kind="info" title={words.gone.title} {...common}>
          {words.gone.detail}
        </Notice>
      );
    case 'not-known':
      return (
        <Notice
          kind="warn"
          title={words.unknown.title}
          action={{ label: words.unknown.again, act: () => deletion.recheck.check() }}
          {...common}
        >
          <p>{state.result === null ? words.unknown.detail : resultText(state.result).detail}</p>
          {state.consoleMessage !== null && (
            <p className="quiet">{words.unknown.consoleSilent(state.consoleMessage)}</p>
          )}
          <RecheckStatus status={deletion.recheck.status} />
        </Notice>
      );
    case 'never-arrived':
      return (
        <Notice
          kind="bad"
          title={words.neverArrived.title}
          action={{ label: words.neverArrived.again, act: () => deletion.resend() }}
          {...common}
        >
          {words.neverArrived.detail}
        </Notice>
      );
    case 'console-refused': {
      const { title, detail } = words.refused(state.detail);
      return (
        <Notice kind="bad" title={title} {...common}>
          {detail}
        </Notice>
      );
    }
    case 'refused': {
      const { title, detail } = resultText(state.result);
      return (
        <Notice kind="bad" title={title} {...common}>
          {detail}
        </Notice>
      );
    }
  }
}

/** What holds it, what of that can be released here, and what else may hold it. */
function InUse({ cluster }: { readonly cluster: VirtualCluster }) {
  const words = text.remove.inUse;
  const { usedBy } = cluster;
  const running = runningJobsOf(cluster).length;
  const leftovers = leftoverJobClustersOf(cluster).length;
  const next = running > 0 ? words.next : leftovers > 0 ? words.onlyLeftovers : words.unlistedDetail;
  return (
    <div className={classes['parts']}>
      <p>{words.detail}</p>
      {!usedBy.known ? (
        <p>
          {words.unknownDetail} <UnknownSource fact={usedBy} />
        </p>
      ) : (
        running + leftovers === 0 && <p>{words.unlisted}</p>
      )}
      <Holders cluster={cluster} />
      <p>{next}</p>
      {running + leftovers > 0 && <p className="quiet">{text.panel.usedBy.others}</p>}
    </div>
  );
}
