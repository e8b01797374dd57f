import { Button } from '@mantine/core';
import type { WaitingDeletion } from '../../../../contract/fleet.ts';
import { readableClusterId } from '../../../../domain/cluster-id.ts';
import { useAtServerTime } from '../../../api/console.tsx';
import { useTryNow } from '../../../api/use-try-now.ts';
import { useCancelDeletion } from '../../../changes/use-cancel-deletion.ts';
import { waitingDeletionText } from '../../../changes/waiting-deletion-text.ts';
import { stateFor } from '../../../routing/cluster-request.ts';
import { journalPathFor, NO_FILTER } from '../../../routing/journal-filter.ts';
import { Link } from '../../../routing/link.tsx';
import { pathTo } from '../../../routing/routes.ts';
import { attentionText } from '../../../text/attention-text.ts';
import { text } from '../../../text/text.ts';
import { ClusterId } from '../../../ui/cluster-id.tsx';
import { PendingButton } from '../../../ui/pending-button.tsx';
import type { AttentionItem } from './attention-items.ts';
import classes from './attention.module.css';

const words = text.overview.attention;

interface ItemProps {
  readonly item: AttentionItem;
  /** Whether it stands in a group, whose head says what all its items have in common. */
  readonly isGrouped?: boolean;
  /** Whether this person may change a virtual cluster. */
  readonly mayWrite: (id: string) => boolean;
}

/** One thing that waits for a person, with its next step. */
export function AttentionItemRow(props: ItemProps) {
  return (
    <li className={classes['item']} data-kind={props.item.kind}>
      <Item {...props} />
    </li>
  );
}

export function keyOf(item: AttentionItem): string {
  switch (item.kind) {
    case 'source':
      return `source ${item.source}`;
    case 'deletion':
      return `deletion ${item.waiting.changeId}`;
    case 'outcome':
    case 'replacement':
    case 'leftover':
      return `${item.kind} ${item.clusterId}`;
  }
}

function Item({ item, isGrouped = false, mayWrite }: ItemProps) {
  const phrases = isGrouped ? attentionText.grouped : words;
  switch (item.kind) {
    case 'source':
      return <SourceItem why={text.facts.why(item.source, item.reason)} canMend={item.reason !== 'truncated'} />;
    case 'outcome':
      return (
        <ClusterItem
          id={item.clusterId}
          what={phrases.outcome(item.count)}
          action={words.look}
          label={words.lookFor(readableClusterId(item.clusterId))}
          href={journalPathFor({ ...NO_FILTER, cluster: item.clusterId, outcome: 'open' })}
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
        <DeletionItem phrase={phrases.deletion} waiting={item.waiting} mayWrite={mayWrite(item.waiting.clusterId)} />
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
      <What id={id} what={what} />
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

function What({ id, what }: { readonly id: string; readonly what: string }) {
  return (
    <span className={classes['what']}>
      <b>
        <ClusterId id={id} />
      </b>{' '}
      {what}
    </span>
  );
}

/** `canMend`: whether reading again can help; a fleet that is too large for one reply of Ray stays so. */
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

function DeletionItem(props: {
  readonly phrase: (status: string) => string;
  readonly waiting: WaitingDeletion;
  readonly mayWrite: boolean;
}) {
  const { phrase, waiting, mayWrite } = props;
  const cancel = useCancelDeletion(waiting.changeId);
  const brief = useAtServerTime(10_000, (now) => waitingDeletionText(waiting, now).brief);
  const failed = cancel.error === null ? null : text.remove.whenIdle.cancelFailed(cancel.error.message);
  return (
    <>
      <What id={waiting.clusterId} what={failed ?? phrase(brief)} />
      {mayWrite && (
        // It keeps the focus, which then goes to the next item.
        <PendingButton
          size="compact-xs"
          variant="default"
          aria-label={words.keepFor(readableClusterId(waiting.clusterId))}
          isPending={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {words.keep}
        </PendingButton>
      )}
    </>
  );
}
