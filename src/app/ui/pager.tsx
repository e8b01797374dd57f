import { Button } from '@mantine/core';
import { useState } from 'react';
import { text } from '../text/text.ts';
import classes from './pager.module.css';

export interface PageRange {
  /** The first of what is shown, from 0, and the first that is no longer. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly turn: (by: -1 | 1) => void;
}

/** Which part of a long list is shown: `size` of its `count` at a time. A list that gets shorter shows its last page. */
export function usePagination(count: number, size: number): PageRange {
  const [asked, setAsked] = useState(0);
  const last = Math.max(0, Math.ceil(count / size) - 1);
  const page = Math.min(asked, last);
  const turn = (by: -1 | 1) => setAsked(Math.min(last, Math.max(0, page + by)));
  return { from: page * size, to: Math.min(count, (page + 1) * size), count, turn };
}

/** A button that leads nowhere: it keeps the focus that it may have. */
const ends = { 'aria-disabled': true, 'data-disabled': true } as const;

/** The way to the other pages; nothing where one page holds all. `label` names what is listed. */
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
