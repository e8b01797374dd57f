import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { WaitingDeletion } from '../../../../contract/fleet.ts';
import { readableClusterId } from '../../../../domain/cluster-id.ts';
import { useAtServerTime, useDenialReason, useFleet, useSession } from '../../../api/console.tsx';
import { useTryNow } from '../../../api/use-try-now.ts';
import { useCancelDeletion } from '../../../changes/use-cancel-deletion.ts';
import { waitingDeletionText } from '../../../changes/waiting-deletion-text.ts';
import { journalPathFor, NO_FILTER } from '../../../routing/journal-filter.ts';
import { Link } from '../../../routing/link.tsx';
import { pathTo } from '../../../routing/routes.ts';
import { text } from '../../../text/text.ts';
import { ClusterId } from '../../../ui/cluster-id.tsx';
import { attentionItems, type AttentionItem } from './attention-items.ts';
import { useOpenChanges } from './use-open-changes.ts';
import classes from './attention.module.css';
import overview from './overview.module.css';

const words = text.overview.attention;

/** What waits for a person, the most severe first, each with its next step. */
export function Attention() {
  const { fleet } = useFleet();
  const session = useSession();
  const { data: changes, error } = useOpenChanges(fleet?.version ?? null);
  const denialReason = useDenialReason();
  const items = useMemo(() => (fleet === null ? [] : attentionItems(fleet, changes ?? [])), [fleet, changes]);
  return (
    <section className={overview['attention']} aria-labelledby="needs-attention">
      <h2 id="needs-attention" className={classes['title']}>
        {words.title}
        {items.length > 0 && <span className={classes['count']}> {text.facts.count(items.length)}</span>}
      </h2>
      {items.length === 0 && (
        <p className="quiet">{fleet === null ? words.loading : error === null ? words.nothing : null}</p>
      )}
      {/* Not while it is empty: it would stand below what is said instead, and move. */}
      {(error !== null || items.length > 0) && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Without it the keyboard can't scroll it.
        <ul className={`plain-list ${classes['items'] ?? ''}`} aria-label={words.title} tabIndex={0} data-log>
          {error !== null && <li className={classes['item']}>{words.outcomesUnread(error.message)}</li>}
          {items.map((item) => (
            <li key={keyOf(item)} className={classes['item']} data-kind={item.kind}>
              <Item item={item} mayWrite={(id) => session?.mayWrite !== false && denialReason(id) === null} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function keyOf(item: AttentionItem): string {
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

function Item({ item, mayWrite }: { readonly item: AttentionItem; readonly mayWrite: (id: string) => boolean }) {
  switch (item.kind) {
    case 'source':
      return <SourceItem why={text.facts.why(item.source, item.reason)} />;
    case 'outcome':
      return (
        <ClusterItem
          id={item.clusterId}
          what={words.outcome(item.count)}
          action={words.look}
          label={words.lookFor(readableClusterId(item.clusterId))}
          href={journalPathFor({ ...NO_FILTER, cluster: item.clusterId, outcome: 'open' })}
        />
      );
    case 'replacement':
      return (
        <ClusterItem
          id={item.clusterId}
          what={words.waiting(item.dead)}
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
          what={words.leftover(item.count, item.nodes)}
          action={may ? words.release : words.open}
          label={may ? words.releaseFor(id) : words.openFor(id)}
        />
      );
    }
    case 'deletion':
      return <DeletionItem waiting={item.waiting} mayWrite={mayWrite(item.waiting.clusterId)} />;
  }
}

function ClusterItem(props: {
  readonly id: string;
  readonly what: string;
  readonly action: string;
  readonly label: string;
  readonly href?: string;
}) {
  const { id, what, action, label, href } = props;
  return (
    <>
      <What id={id} what={what} />
      <Link
        className={classes['action']}
        href={href ?? pathTo.cluster(id)}
        keepQuery={href === undefined}
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

function SourceItem({ why }: { readonly why: string }) {
  const tryNow = useTryNow();
  return (
    <>
      <span className={classes['what']}>{why}</span>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={words.tryNowFor(why)}
        disabled={tryNow.isPending}
        onClick={() => tryNow.mutate()}
      >
        {words.tryNow}
      </Button>
    </>
  );
}

function DeletionItem({ waiting, mayWrite }: { readonly waiting: WaitingDeletion; readonly mayWrite: boolean }) {
  const cancel = useCancelDeletion(waiting.changeId);
  const brief = useAtServerTime(10_000, (now) => waitingDeletionText(waiting, now).brief);
  const failed = cancel.error === null ? null : text.remove.whenIdle.cancelFailed(cancel.error.message);
  return (
    <>
      <What id={waiting.clusterId} what={failed ?? words.deletion(brief)} />
      {mayWrite && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={words.keepFor(readableClusterId(waiting.clusterId))}
          disabled={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {words.keep}
        </Button>
      )}
    </>
  );
}
