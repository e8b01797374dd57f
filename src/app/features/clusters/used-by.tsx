import { Fragment, type ReactNode } from 'react';
import type { UnknownReason } from '../../../domain/sourced.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { useAtServerTime } from '../../api/console.tsx';
import { SourcedValue } from '../../ui/sourced-value.tsx';
import { agoInMinutesText } from '../../ui/time-text.ts';
import { countUsers } from './cluster-summary.ts';
import { usageTextParts, type UsageTextPart } from './row-text.ts';
import classes from './used-by.module.css';

interface UsedByProps extends Pick<VirtualCluster, 'usedBy'> {
  /** Why Ray's state API can't be read; null while it can. */
  readonly stateFailure: UnknownReason | null;
}

/** Who uses a virtual cluster, or used it when that was last known. */
export function UsedBy({ usedBy, stateFailure }: UsedByProps) {
  return (
    <SourcedValue fact={countUsers(usedBy)}>
      {(use) =>
        use.lastSeenAt === null ? (
          <UseParts parts={usageTextParts(use, null, stateFailure)} />
        ) : (
          <AgedUse at={use.lastSeenAt}>{(ago) => <UseParts parts={usageTextParts(use, ago, stateFailure)} />}</AgedUse>
        )
      }
    </SourcedValue>
  );
}

function AgedUse({ at, children }: { readonly at: number; readonly children: (ago: string) => ReactNode }) {
  return children(useAtServerTime(10_000, (now) => agoInMinutesText(at, now)));
}

function UseParts({ parts }: { readonly parts: readonly UsageTextPart[] }) {
  return parts.map((part, at) => (
    <Fragment key={part.text}>
      <span
        className={`${classes[part.isPast ? 'pastPart' : 'usePart'] ?? ''} ${part.isQuiet ? 'quiet' : part.isWarning === true ? (classes['leftover'] ?? '') : ''}`}
        title={part.title ?? undefined}
      >
        {part.text}
        {parts[at + 1]?.isPast === false && ' ·'}
      </span>{' '}
    </Fragment>
  ));
}
