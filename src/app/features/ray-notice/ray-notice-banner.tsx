import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import type { LastSeenCluster, RayNotice } from '../../../contract/fleet.ts';
import { fleetDenialReason } from '../../api/denial-reason.ts';
import { useDenialReason, useSession } from '../../api/console.tsx';
import type { PageFleet } from '../../api/page-fleet.ts';
import { recreationDraft } from '../../drafts/draft.ts';
import { useDrafts, useHasNewDraft } from '../../drafts/drafts-context.tsx';
import { replicaSetsText } from '../../changes/result-text.ts';
import { InlineConfirmation } from '../../changes/inline-confirmation.tsx';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { navigateTo } from '../../routing/navigate.ts';
import { Notice } from '../../ui/notice.tsx';
import { clockText } from '../../ui/time-text.ts';
import classes from './ray-notice-banner.module.css';
import { useDismissNotice } from './use-dismiss-notice.ts';

const words = text.recreate;

/** Says that Ray was restarted or lost its clusters, and offers to create those last seen, one by one. */
export function RayNoticeBanner({ notice, fleet }: { readonly notice: RayNotice; readonly fleet: PageFleet }) {
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const dismiss = useDismissNotice(notice.id);
  const mayWrite = session?.mayWrite === true;
  const missing = notice.lastSeen.filter(({ id }) => !fleet.clusters.has(id));
  return (
    <Notice kind="warn" title={words[notice.kind].title(clockText(notice.at))}>
      <div className={classes['parts']}>
        <p>{noticeText(notice, missing.length)}</p>
        <div className="actions-row">
          {mayWrite && missing.length > 0 && (
            <Button
              size="xs"
              variant="default"
              aria-expanded={isOpen}
              aria-controls={listId}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? words.close : words.open}
            </Button>
          )}
          {session !== null && fleetDenialReason(session) === null && (
            <Button
              size="xs"
              variant="default"
              title={words.dismissMeans}
              // Once dismissed, the banner stays until the fleet without its notice arrives.
              disabled={dismiss.isPending || dismiss.isSuccess}
              onClick={() => dismiss.mutate()}
            >
              {words.dismiss}
            </Button>
          )}
          {dismiss.error !== null && <span role="alert">{words.failed(dismiss.error.message)}</span>}
        </div>
        {isOpen && (
          <div id={listId}>
            <p className="quiet">{words.how}</p>
            <ul className={`plain-list ${classes['list'] ?? ''}`} aria-label={words.list}>
              {notice.lastSeen.map((each) => (
                <Item key={each.id} lastSeen={each} isThere={fleet.clusters.has(each.id)} fleet={fleet} />
              ))}
            </ul>
          </div>
        )}
      </div>
    </Notice>
  );
}

function Item({
  lastSeen,
  isThere,
  fleet,
}: {
  readonly lastSeen: LastSeenCluster;
  readonly isThere: boolean;
  readonly fleet: PageFleet;
}) {
  const drafts = useDrafts();
  const { id, divisible, replicaSets } = lastSeen;
  const refusal = useDenialReason()(id);
  const hasDraft = useHasNewDraft();

  function review() {
    drafts.put(recreationDraft(fleet.pool, lastSeen));
    navigateTo(pathTo.create, { keepQuery: true, state: { recreated: id } });
  }

  return (
    <li className={classes['item']}>
      <span className={classes['id']}>{id}</span>
      <span className="quiet">{text.clusters.kind[divisible ? 'divisible' : 'indivisible']}</span>
      <span>{replicaSetsText(replicaSets)}</span>
      <span className={classes['end']}>
        {isThere ? (
          <span className="quiet">{words.isThere}</span>
        ) : refusal !== null ? (
          <span className="quiet">{refusal}</span>
        ) : hasDraft ? (
          <InlineConfirmation start={words.review} question={words.replaces} yes={words.replace} onConfirm={review} />
        ) : (
          <Button size="compact-sm" variant="default" aria-label={words.reviewFor(id)} onClick={review}>
            {words.review}
          </Button>
        )}
      </span>
    </li>
  );
}

function noticeText({ kind, lastSeen }: RayNotice, missing: number): string {
  if (kind === 'emptied') return words.emptied.had(lastSeen.length);
  if (lastSeen.length === 0) return words.restarted.hadNone;
  return missing === 0 ? words.restarted.allThere(lastSeen.length) : words.restarted.had(lastSeen.length);
}
