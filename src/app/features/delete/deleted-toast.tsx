import type { Change } from '../../../contract/change.ts';
import { MovedNodes } from '../../changes/moved-nodes.tsx';
import { UndoControl } from '../../drafts/undo-control.tsx';
import { text } from '../../text/text.ts';
import { Notice } from '../../ui/notice.tsx';

/** After a delete: that it is done and which nodes went back. The focus stays with the rows. */
export function DeletedToast({ change }: { readonly change: Change }) {
  return (
    <Notice
      kind="good"
      title={text.remove.deleted.title(change.wanted.clusterId)}
      controls={<UndoControl change={change} place="result" />}
    >
      {change.moved !== null && <MovedNodes moved={change.moved} follows />}
    </Notice>
  );
}
