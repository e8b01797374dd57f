import type { NodeRow as Node } from '../../contract/nodes.ts';
import type { Amount } from '../../domain/sources.ts';
import { withMapQuery } from '../routing/map-query.ts';
import { pathTo } from '../routing/routes.ts';
import { text } from '../text/text.ts';
import { SourcedValue, UnknownSource } from '../ui/sourced-value.tsx';
import { Link } from '../routing/link.tsx';
import { countAmountText, gibAmountText } from './resource-amounts.ts';
import { JobClusterName, NodeHolder, UnknownValue } from './node-holder.tsx';
import { NodeId, shortNodeId } from './node-id.tsx';
import { NodeStateLabel } from './node-state-label.tsx';
import classes from './node-table.module.css';
import { Icon } from '../ui/icon.tsx';

interface NodeRowProps {
  /** Index among all matching nodes, from 0. */
  readonly index: number;
  readonly height: number;
  /** Null while it loads. */
  readonly node: Node | null;
  /** Whether the table lists the whole fleet: then each row names its virtual cluster. */
  readonly isOfFleet: boolean;
  /** Laid out as a block, without column headings: values carry their own labels. */
  readonly isBlock: boolean;
}

/** One node: its identity, state, usage and holder. */
export function NodeRow({ index, height, node, isOfFleet, isBlock }: NodeRowProps) {
  const words = text.nodes;
  return (
    <tr aria-rowindex={index + 2} style={{ height }}>
      <td data-column="node">
        {node === null ? <span className="quiet">{words.loading}</span> : <NodeId id={node.id} />}
        {node !== null && node.place !== null && <MapLink id={node.id} />}
      </td>
      <td data-column="host" title={node?.hostname ?? undefined}>
        {node !== null && (node.hostname ?? <UnknownValue why={words.hostUnknown} />)}
        {node?.isHead === true && <span className={classes['tag']}> {words.headNode}</span>}
      </td>
      <td data-column="template" title={node?.templateId ?? undefined}>
        {node !== null && (node.templateId ?? <UnknownValue why={words.templateUnknown} />)}
      </td>
      <td data-column="state">{node !== null && <NodeStateLabel node={node} />}</td>
      <td data-column="cpu">{node !== null && <Used node={node} of="cpu" isBlock={isBlock} />}</td>
      {!isBlock && <td data-column="gpu">{node !== null && <Used node={node} of="gpu" isBlock={isBlock} />}</td>}
      <td data-column="memory">{node !== null && <Used node={node} of="memory" isBlock={isBlock} />}</td>
      <td data-column="objectStore">{node !== null && <Used node={node} of="objectStore" isBlock={isBlock} />}</td>
      {isOfFleet && (
        <td data-column="cluster">
          {node !== null && <NodeHolder node={node} />}
          {isBlock && node !== null && node.clusterId !== null && <JobInBlock id={node.jobClusterId} />}
        </td>
      )}
      {(!isBlock || !isOfFleet) && (
        <td data-column="jobCluster">{node !== null && <JobClusterName id={node.jobClusterId} />}</td>
      )}
    </tr>
  );
}

function JobInBlock({ id }: { readonly id: string | null }) {
  if (id === null) return null;
  return (
    <>
      {' · '}
      <JobClusterName id={id} />
    </>
  );
}

/** Links to the node on the map. */
function MapLink({ id }: { readonly id: string }) {
  const label = text.nodes.onMap(shortNodeId(id));
  return (
    <Link
      href={`${pathTo.nodes}${withMapQuery('', { node: id })}`}
      className={`icon-button ${classes['onMap'] ?? ''}`}
      aria-label={label}
      title={label}
    >
      <Icon of="onMap" />
    </Link>
  );
}

/** Used and total; in a block also the name and the unit. */
function Used({
  node,
  of,
  isBlock,
}: {
  readonly node: Node;
  readonly of: 'cpu' | 'gpu' | 'memory' | 'objectStore';
  readonly isBlock: boolean;
}) {
  const { short } = text.nodes;
  // A dead node uses nothing, and no source reports it: its state is enough.
  if (node.state === 'dead') return null;
  const name = isBlock ? <span className="quiet">{short[of]} </span> : null;
  if (!node.usage.known && isBlock) {
    // Shown once for all three resources.
    return of === 'cpu' ? (
      <>
        <span className="quiet">{short.usage} </span>
        <UnknownSource fact={node.usage} />
      </>
    ) : null;
  }
  return (
    <SourcedValue fact={node.usage}>
      {(usage) => {
        const amount = usage[of];
        if (amount === null) return null;
        return (
          <>
            {name}
            {of === 'cpu' || of === 'gpu' ? countAmountText(amount) : gibAmountText(amount)}
            {isBlock && of !== 'cpu' && <span className="quiet"> {short.gib}</span>}
            {isBlock && of === 'cpu' && usage.gpu !== null && <Gpus amount={usage.gpu} />}
          </>
        );
      }}
    </SourcedValue>
  );
}

function Gpus({ amount }: { readonly amount: Amount }) {
  return (
    <span className={classes['gpu']}>
      <span className="quiet">{text.nodes.short.gpu}</span> {countAmountText(amount)}
    </span>
  );
}
