import { text } from '../text/text.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import classes from './node-id.module.css';

/** The first eight characters of a node's id: enough to tell nodes apart. */
export function shortNodeId(id: string): string {
  return id.slice(0, 8);
}

/** What people call a node: the first label of its host's name, or an IP address in full; without either its short id. */
export function nodeName({ id, hostname }: { readonly id: string; readonly hostname: string | null }): string {
  if (hostname === null || hostname === '') return shortNodeId(id);
  return /^[\d.:]+$/.test(hostname) ? hostname : (hostname.split('.')[0] ?? hostname);
}

/** A node's short id; the title and the copy button have all of it. */
export function NodeId({ id }: { readonly id: string }) {
  return (
    <span className={classes['id']}>
      <code title={id}>{shortNodeId(id)}</code>
      <CopyButton value={id} what={text.nodes.idOf(shortNodeId(id))} />
    </span>
  );
}
