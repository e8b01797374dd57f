import { useMemo, useRef } from 'react';
import { UNKNOWABLE_SHOWN_MS } from '../../../../domain/attention.ts';
import { useAtServerTime, useDenialReason, useFleet, useSession } from '../../../api/console.tsx';
import { text } from '../../../text/text.ts';
import { AttentionGroupRow } from './attention-group.tsx';
import { attentionRows } from './attention-groups.ts';
import { AttentionItemRow, keyOf } from './attention-item.tsx';
import { attentionItems } from './attention-items.ts';
import { useItemFocus } from './use-item-focus.ts';
import { useUncertainChanges } from './use-uncertain-changes.ts';
import { useOpenGroup } from './use-open-group.ts';
import classes from './attention.module.css';
import overview from './overview.module.css';

const words = text.overview.attention;

const HOUR = 3_600_000;

/** What waits for a person, the most severe first, each with its next step; of many a group for each kind. */
export function Attention() {
  const { fleet } = useFleet();
  const session = useSession();
  const { data: changes, error } = useUncertainChanges(fleet?.version ?? null);
  const denialReason = useDenialReason();
  const hour = useAtServerTime(60_000, (now) => Math.floor(now / HOUR));
  const items = useMemo(
    () => (fleet === null ? [] : attentionItems(fleet, changes ?? [], hour * HOUR - UNKNOWABLE_SHOWN_MS)),
    [fleet, changes, hour],
  );
  const waiting = items.filter(({ kind }) => kind !== 'limit').length;
  const rows = useMemo(() => attentionRows(items), [items]);
  const list = useRef<HTMLUListElement>(null);
  const { openKind, isAlone, toggle } = useOpenGroup(list);
  const open = rows.find(({ group }) => group !== null && group.kind === openKind)?.group ?? null;
  const isRead = fleet !== null && (changes !== undefined || error !== null);
  const focus = useItemFocus(list, isAlone, isRead);
  const mayWrite = (id: string) => session?.mayWrite !== false && denialReason(id) === null;
  return (
    <section className={overview['attention']} aria-labelledby="needs-attention">
      <h2 id="needs-attention" className={classes['title']}>
        {words.title}
        {waiting > 0 && <span className={classes['count']}> {text.facts.count(waiting)}</span>}
      </h2>
      {waiting === 0 && (
        <p className="quiet">{fleet === null ? words.loading : error === null ? words.nothing : null}</p>
      )}
      {/* Not while it is empty: it would stand below what is said instead, and move. */}
      {(error !== null || items.length > 0) && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- It only notes where the focus is.
        <ul
          ref={list}
          className={`plain-list ${classes['items'] ?? ''}`}
          aria-label={words.title}
          data-open={open !== null}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Without it the keyboard can't scroll it.
          tabIndex={0}
          data-log
          {...focus}
        >
          {error !== null && <li className={classes['item']}>{words.outcomesUnread(error.message)}</li>}
          {rows.map(({ group, item }) =>
            group === null ? (
              <AttentionItemRow key={keyOf(item)} item={item} mayWrite={mayWrite} />
            ) : (
              <AttentionGroupRow
                key={group.kind}
                group={group}
                isOpen={group === open}
                toggle={() => toggle(group.kind)}
                mayWrite={mayWrite}
              />
            ),
          )}
        </ul>
      )}
    </section>
  );
}
