import { text } from '../text/text.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import classes from './node-id.module.css';

/** The first characters of a node's id: enough to tell nodes apart by eye. */
export function shortNodeId(id: string): string {
  return id.slice(0, 8);
}

/** A node's id, short; the whole of it in its title and on the clipboard. */
export function NodeId({ id }: { readonly id: string }) {
  return (
    <span className={classes['id']}>
      <code title={id}>{shortNodeId(id)}</code>
      <CopyButton value={id} what={text.nodes.idOf(shortNodeId(id))} />
    </span>
  );
}
