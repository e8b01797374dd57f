import { useId, useLayoutEffect, useRef } from 'react';
import { attentionText } from '../../../text/attention-text.ts';
import { text } from '../../../text/text.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { AttentionGroup } from './attention-groups.ts';
import { AttentionItemRow, keyOf } from './attention-item.tsx';
import classes from './attention.module.css';

interface GroupProps {
  readonly group: AttentionGroup;
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly mayWrite: (id: string) => boolean;
}

/** What there is of one kind: what it comes to, and opened each. */
export function AttentionGroupRow({ group, isOpen, toggle, mayWrite }: GroupProps) {
  const own = useId();
  const row = useRef<HTMLLIElement>(null);
  const { kind, items } = group;
  useLayoutEffect(() => {
    const list = row.current?.parentElement ?? null;
    // What was open above it has closed: its first items would be out of sight.
    if (isOpen && row.current !== null && list !== null)
      list.scrollTop = Math.min(list.scrollTop, row.current.offsetTop);
  }, [isOpen]);
  return (
    <li ref={row} className={classes['group']} data-group={kind}>
      <button
        type="button"
        className={classes['groupHead']}
        aria-expanded={isOpen}
        aria-controls={own}
        onClick={toggle}
      >
        <span className={classes['mark']} data-opened={isOpen}>
          <Icon of="right" size={12} />
        </span>
        <span className={classes['what']}>{textOf(group)}</span>
        {kind !== 'limit' && (
          <span className={classes['count']} title={attentionText.clusters(items.length)}>
            {text.facts.count(items.length)}
          </span>
        )}
      </button>
      <ul id={own} className="plain-list" hidden={!isOpen}>
        {isOpen &&
          items.map((item) => <AttentionItemRow key={keyOf(item)} item={item} isGrouped mayWrite={mayWrite} />)}
      </ul>
    </li>
  );
}

function textOf(group: AttentionGroup): string {
  switch (group.kind) {
    case 'outcome':
      return text.overview.attention.outcome(group.changes);
    case 'cannot-be-known':
      return attentionText.unknowable(group.changes);
    case 'replacement':
      return attentionText.replacement(group.dead);
    case 'leftover':
      return attentionText.leftover(group.count, group.nodes);
    case 'deletion':
      return attentionText.deletions(group.items.length);
    case 'limit':
      return attentionText.limits(group.sources);
  }
}
