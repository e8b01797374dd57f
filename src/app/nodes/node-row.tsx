import type { ReactNode } from 'react';
import { splitJobClusterId } from '../../domain/cluster-id.ts';
import type { FleetNode } from '../../domain/fleet.ts';
import type { Amount } from '../../domain/sources.ts';
import { useFleet } from '../api/console.tsx';
import { pathTo } from '../route.ts';
import { text } from '../text/text.ts';
import { FactValue, Unknown } from '../ui/fact.tsx';
import { Link } from '../ui/link.tsx';
import { countAmountText, gibAmountText } from './amounts.ts';
import { NodeId } from './node-id.tsx';
import { NodeStateMark } from './node-state.tsx';
import classes from './node-table.module.css';

interface NodeRowProps {
  /** From 0, of all that match. */
  readonly index: number;
  readonly height: number;
  /** Null while it is on its way. */
  readonly node: FleetNode | null;
  /** Of the whole fleet: its virtual cluster is told; else its job cluster. */
  readonly isOfFleet: boolean;
  /** Laid out as a block: no column heading stands above what it says. */
  readonly isBlock: boolean;
}

/** One node: who it is, what it does, what is used of it, and who holds it. */
export function NodeRow({ index, height, node, isOfFleet, isBlock }: NodeRowProps) {
  const words = text.nodes;
  return (
    <tr aria-rowindex={index + 2} style={{ height }}>
      <td data-column="node">
        {node === null ? <span className="quiet">{words.loading}</span> : <NodeId id={node.id} />}
      </td>
      <td data-column="host" title={node?.hostname ?? undefined}>
        {node !== null && (node.hostname ?? <NotTold why={words.hostUnknown} />)}
        {node?.isHead === true && <span className={classes['tag']}> {words.headNode}</span>}
      </td>
      <td data-column="template" title={node?.templateId ?? undefined}>
        {node !== null && (node.templateId ?? <NotTold why={words.templateUnknown} />)}
      </td>
      <td data-column="state">
        {node !== null && <NodeStateMark node={node} />}
      </td>
      <td data-column="cpu">
        {node !== null && <Used node={node} of="cpu" isBlock={isBlock} />}
      </td>
      <td data-column="memory">
        {node !== null && <Used node={node} of="memory" isBlock={isBlock} />}
      </td>
      <td data-column="objectStore">
        {node !== null && <Used node={node} of="objectStore" isBlock={isBlock} />}
      </td>
      <td data-column={isOfFleet ? 'cluster' : 'jobCluster'}>
        {node !== null && (isOfFleet ? <Holder node={node} /> : <JobClusterName id={node.jobClusterId} />)}
      </td>
    </tr>
  );
}

/** Used and total; in a block with its name and unit. */
function Used({ node, of, isBlock }: { readonly node: FleetNode; readonly of: 'cpu' | 'memory' | 'objectStore'; readonly isBlock: boolean }) {
  const { short } = text.nodes;
  // A dead node uses nothing, and no source says so: the state says enough.
  if (node.state === 'dead') return null;
  const name = isBlock ? <span className="quiet">{short[of]} </span> : null;
  if (!node.usage.known && isBlock) {
    // Said once for all three.
    return of === 'cpu' ? (
      <>
        <span className="quiet">{short.usage} </span>
        <Unknown fact={node.usage} />
      </>
    ) : null;
  }
  return (
    <FactValue fact={node.usage}>
      {(usage) => {
        const amount = usage[of];
        if (amount === null) return null;
        return (
          <>
            {name}
            {of === 'cpu' ? countAmountText(amount) : gibAmountText(amount)}
            {isBlock && of !== 'cpu' && <span className="quiet"> {short.gib}</span>}
            {of === 'cpu' && usage.gpu !== null && <Gpus amount={usage.gpu} />}
          </>
        );
      }}
    </FactValue>
  );
}

function Gpus({ amount }: { readonly amount: Amount }) {
  return (
    <span className={classes['gpu']}>
      <span className="quiet">{text.nodes.short.gpu}</span> {countAmountText(amount)}
    </span>
  );
}

function Holder({ node }: { readonly node: FleetNode }) {
  const { fleet } = useFleet();
  if (node.clusterId !== null) return <Link href={pathTo.cluster(node.clusterId)}>{node.clusterId}</Link>;
  if (fleet === null || fleet.sources.list.readAt === null) return <NotTold why={text.nodes.clusterUnknown} />;
  if (node.jobClusterId !== null) return <JobClusterName id={node.jobClusterId} />;
  return <span className="quiet">{text.nodes.noCluster}</span>;
}

/** A job cluster by its job: the rest of its id is the virtual cluster's own. */
function JobClusterName({ id }: { readonly id: string | null }): ReactNode {
  if (id === null) return null;
  return (
    <span title={id}>
      <span className="quiet">{text.nodes.short.job} </span>
      {splitJobClusterId(id)?.submissionId ?? id}
    </span>
  );
}

function NotTold({ why }: { readonly why: string }) {
  return (
    <span className="quiet" title={why}>
      {text.facts.unknown}
      <span className="visually-hidden">. {why}</span>
    </span>
  );
}
