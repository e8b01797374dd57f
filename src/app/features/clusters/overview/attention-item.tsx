import { Button } from '@mantine/core';
import { Suspense } from 'react';
import { isLasting } from '../../../../domain/attention.ts';
import { readableClusterId } from '../../../../domain/cluster-id.ts';
import { useTryNow } from '../../../api/use-try-now.ts';
import { stateFor } from '../../../routing/cluster-request.ts';
import { journalPathFor, NO_FILTER } from '../../../routing/journal-filter.ts';
import { Link } from '../../../routing/link.tsx';
import { pathTo } from '../../../routing/routes.ts';
import { attentionText } from '../../../text/attention-text.ts';
import { text } from '../../../text/text.ts';
import { optionalPart } from '../../../ui/optional-part.ts';
import type { AttentionItem } from './attention-items.ts';
import { AttentionWhat } from './attention-what.tsx';
import classes from './attention.module.css';

const words = text.overview.attention;

/** Late: few wait. */
const DeletionItem = optionalPart(() => import('./deletion-item.tsx'), 'DeletionItem');

/** What the journal calls these changes. */
const OUTCOMES = { outcome: 'open', 'cannot-be-known': 'cannot-be-known' } as const;

interface ItemProps {
  readonly item: AttentionItem;
  /** Whether it stands in a group, whose head says what all its items have in common. */
  readonly isGrouped?: boolean;
  /** Whether this person may change a virtual cluster. */
  readonly mayWrite: (id: string) => boolean;
}

/** One thing that waits for a person, with its next step; or one that nobody can mend. */
export function AttentionItemRow(props: ItemProps) {
  return (
    <li className={classes['item']} data-kind={props.item.kind} data-key={keyOf(props.item)}>
      <Item {...props} />
    </li>
  );
}

export function keyOf(item: AttentionItem): string {
  switch (item.kind) {
    case 'source':
    case 'limit':
      return `source ${item.source}`;
    case 'deletion':
      return `deletion ${item.waiting.changeId}`;
    case 'outcome':
    case 'cannot-be-known':
    case 'replacement':
    case 'leftover':
      return `${item.kind} ${item.clusterId}`;
  }
}

function Item({ item, isGrouped = false, mayWrite }: ItemProps) {
  const phrases = isGrouped ? attentionText.grouped : words;
  switch (item.kind) {
    case 'source':
    case 'limit':
      return <SourceItem why={text.facts.why(item.source, item.reason)} canMend={!isLasting(item.reason)} />;
    case 'outcome':
    case 'cannot-be-known':
      return (
        <ClusterItem
          id={item.clusterId}
          what={
            isGrouped || item.kind === 'outcome' ? phrases.outcome(item.count) : attentionText.unknowable(item.count)
          }
          action={words.look}
          label={words.lookFor(readableClusterId(item.clusterId))}
          href={journalPathFor({ ...NO_FILTER, cluster: item.clusterId, outcome: OUTCOMES[item.kind] })}
        />
      );
    case 'replacement':
      return (
        <ClusterItem
          id={item.clusterId}
          what={phrases.waiting(item.dead)}
          action={words.open}
          label={words.openFor(readableClusterId(item.clusterId))}
        />
      );
    case 'leftover': {
      const id = readableClusterId(item.clusterId);
      const may = mayWrite(item.clusterId);
      return (
        <ClusterItem
          id={item.clusterId}
          what={phrases.leftover(item.count, item.nodes)}
          action={may ? words.release : words.open}
          label={may ? words.releaseFor(id) : words.openFor(id)}
          // Below the replica sets and the owner, out of sight on a small screen.
          state={stateFor(`show-job ${item.first}`)}
        />
      );
    }
    case 'deletion':
      return (
        <Suspense fallback={null}>
          <DeletionItem phrase={phrases.deletion} waiting={item.waiting} mayWrite={mayWrite(item.waiting.clusterId)} />
        </Suspense>
      );
  }
}

function ClusterItem(props: {
  readonly id: string;
  readonly what: string;
  readonly action: string;
  readonly label: string;
  readonly href?: string;
  readonly state?: unknown;
}) {
  const { id, what, action, label, href, state } = props;
  return (
    <>
      <AttentionWhat id={id} what={what} />
      <Link
        className={classes['action']}
        href={href ?? pathTo.cluster(id)}
        keepQuery={href === undefined}
        state={state}
        aria-label={label}
      >
        {action}
      </Link>
    </>
  );
}

/** `canMend`: whether reading again can help. */
function SourceItem({ why, canMend }: { readonly why: string; readonly canMend: boolean }) {
  const tryNow = useTryNow();
  return (
    <>
      <span className={classes['what']}>{why}</span>
      {canMend && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={words.tryNowFor(why)}
          disabled={tryNow.isPending}
          onClick={() => tryNow.mutate()}
        >
          {words.tryNow}
        </Button>
      )}
    </>
  );
}
