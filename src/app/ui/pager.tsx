import { Button } from '@mantine/core';
import { useState } from 'react';
import { text } from '../text/text.ts';
import classes from './pager.module.css';

export interface PageRange {
  /** The items shown: from index `from` up to, not including, `to`. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly turn: (by: -1 | 1) => void;
  /** To be called when the list is put into another order. */
  readonly toFirst: () => void;
}

/** Pages through a list of `count` items, `size` at a time. When the list shrinks below the current page, its last page is shown. */
export function usePagination(count: number, size: number): PageRange {
  const [asked, setAsked] = useState(0);
  const last = Math.max(0, Math.ceil(count / size) - 1);
  const page = Math.min(asked, last);
  const turn = (by: -1 | 1) => setAsked(Math.min(last, Math.max(0, page + by)));
  const toFirst = () => setAsked(0);
  return { from: page * size, to: Math.min(count, (page + 1) * size), count, turn, toFirst };
}

/** For a button at either end: unlike `disabled`, it keeps the focus. */
const ends = { 'aria-disabled': true, 'data-disabled': true } as const;

/** Buttons to the previous and next page; nothing if one page holds everything. `label` names the list. */
export function Pager({
  pages: { from, to, count, turn },
  label,
}: {
  readonly pages: PageRange;
  readonly label: string;
}) {
  const words = text.pages;
  if (from === 0 && to >= count) return null;
  return (
    <div role="group" aria-label={words.label(label)} className={`actions-row ${classes['pager'] ?? ''}`}>
      <Button size="compact-sm" variant="default" {...(from === 0 ? ends : {})} onClick={() => turn(-1)}>
        {words.before}
      </Button>
      <span role="status">{words.shown(from + 1, to, count)}</span>
      <Button size="compact-sm" variant="default" {...(to >= count ? ends : {})} onClick={() => turn(1)}>
        {words.after}
      </Button>
    </div>
  );
}
