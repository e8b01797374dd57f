import { useHistoryState } from 'wouter/use-browser-location';
import * as z from 'zod/mini';
import { change } from '../../../contract/change.ts';
import { MovedNodes } from '../../changes/moved-nodes.tsx';
import { UndoControl } from '../../drafts/undo-control.tsx';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { navigateTo } from '../../routing/navigate.ts';
import { Notice } from '../../ui/notice.tsx';
import classes from './deleted-notice.module.css';

const state = z.object({ deleted: change });

/**
 * On the list, after a delete led there: that it is done and which nodes went back, until it is dismissed or left. The
 * focus stays with the rows; what it stands in reads it out.
 */
export function DeletedNotice() {
  const { data } = state.safeParse(useHistoryState<unknown>());
  const words = text.remove.deleted;
  const deleted = data?.deleted;
  if (deleted === undefined) return null;
  return (
    <div className={classes['notice']}>
      <Notice
        kind="good"
        title={words.title(deleted.wanted.clusterId)}
        controls={<UndoControl change={deleted} place="result" />}
        action={{ label: words.dismiss, act: () => navigateTo(pathTo.clusters, { keepQuery: true, replace: true }) }}
      >
        {deleted.moved !== null && <MovedNodes moved={deleted.moved} follows />}
      </Notice>
    </div>
  );
}
