import { useState } from 'react';
import type { MembershipDiff } from '../../contract/change.ts';
import { nodeName, shortNodeId } from '../node-ui/node-id.tsx';
import { text } from '../text/text.ts';
import { AwaitedNodes, FollowedNodes } from './awaited-nodes.tsx';
import classes from './moved-nodes.module.css';

type Ref = MembershipDiff['arrived'][number];

/** How many nodes of each direction are named in the line itself. */
const NAMED = 5;

interface MovedNodesProps {
  readonly moved: MembershipDiff;
  /** The change has just been made: it is looked up where the nodes go. */
  readonly follows?: boolean;
}

/**
 * The nodes that a change added and removed: a line that names a few, who waited for those that left, and an expandable list
 * of all.
 */
export function MovedNodes({ moved, follows = false }: MovedNodesProps) {
  const words = text.panel.moved;
  const [isOpen, setOpen] = useState(false);
  const { arrived, left, arrivedCount, leftCount } = moved;
  if (arrivedCount === 0 && leftCount === 0) return <p className={classes['line']}>{words.none}</p>;
  const isLong = arrivedCount > NAMED || leftCount > NAMED;
  return (
    <div className={classes['moved']}>
      <p className={classes['line']}>
        {arrivedCount > 0 && <Named title={words.came(arrivedCount)} nodes={arrived} count={arrivedCount} />}
        {arrivedCount > 0 && leftCount > 0 && ' · '}
        {leftCount > 0 && <Named title={words.went(leftCount, arrivedCount === 0)} nodes={left} count={leftCount} />}
      </p>
      {follows && moved.awaitedBy.length > 0 ? <FollowedNodes moved={moved} /> : <AwaitedNodes moved={moved} />}
      {isLong && (
        <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>{words.all}</summary>
          {isOpen && <All title={words.cameList} nodes={arrived} count={arrivedCount} />}
          {isOpen && <All title={words.wentList} nodes={left} count={leftCount} />}
        </details>
      )}
    </div>
  );
}

interface SideProps {
  readonly title: string;
  readonly nodes: readonly Ref[];
  /** The total; more than `nodes` when the console kept only some by name. */
  readonly count: number;
}

function Named({ title, nodes, count }: SideProps) {
  const named = nodes.slice(0, NAMED);
  return (
    <>
      {title}
      {text.joins.colon}
      {named.map((node, index) => (
        <span key={node.id} title={`${node.id} ${node.hostname}`}>
          {index > 0 && text.joins.comma}
          {text.panel.moved.node(nodeName(node), node.templateId)}
        </span>
      ))}
      {count > named.length && ` ${text.panel.moved.more(count - named.length)}`}
    </>
  );
}

function All({ title, nodes, count }: SideProps) {
  if (count === 0) return null;
  return (
    <>
      <p className={classes['title']}>{title}</p>
      <ul className={`plain-list ${classes['list'] ?? ''}`} aria-label={title}>
        {nodes.map((node) => (
          // One element each: a change can move hundreds of nodes.
          <li key={node.id} title={node.id}>
            {text.panel.moved.row(shortNodeId(node.id), node.hostname, node.templateId)}
          </li>
        ))}
        {count > nodes.length && <li className="quiet">{text.panel.moved.notKept(count - nodes.length)}</li>}
      </ul>
    </>
  );
}
