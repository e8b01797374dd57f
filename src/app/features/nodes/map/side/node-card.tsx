import { readableClusterId } from '../../../../../domain/cluster-id.ts';
import type { FleetNode } from '../../../../../domain/fleet.ts';
import type { Amount } from '../../../../../domain/sources.ts';
import { cellStates, shownState } from '../../../../../contract/map.ts';
import type { NodeDetail } from '../../../../../contract/nodes.ts';
import { nodeActions } from '../../../../cluster-ui/actions/node-actions.ts';
import { countAmountText, gibAmountText } from '../../../../node-ui/resource-amounts.ts';
import { NodeStateIcon } from '../../../../node-ui/node-state-icon.tsx';
import { JobClusterName, NodeHolder } from '../../../../node-ui/node-holder.tsx';
import { shortNodeId } from '../../../../node-ui/node-id.tsx';
import { RayDashboardLink } from '../../../../api/ray-dashboard-link.tsx';
import { text } from '../../../../text/text.ts';
import { CopyButton } from '../../../../ui/copy-button.tsx';
import { DescriptionItem } from '../../../../ui/description-item.tsx';
import { SourcedValue, UnknownSource } from '../../../../ui/sourced-value.tsx';
import { CardActions } from './card-actions.tsx';
import { DeadNodeFacts } from './dead-node-facts.tsx';
import classes from './node-card.module.css';
import { SideCard } from './side-card.tsx';
import type { SelectedNode } from './use-selected-node.ts';

interface NodeCardProps {
  readonly id: string;
  readonly detail: SelectedNode;
  /** Brings the node into view; null if it is not on the map. */
  readonly show: (() => void) | null;
  readonly close: () => void;
}

/** The details of one node. */
export function NodeCard({ id, detail: { data, error }, show, close }: NodeCardProps) {
  const words = text.map.card;
  const foot = data !== undefined && data !== null && (
    <>
      {show === null ? (
        <p className="quiet">{words.notOnMap}</p>
      ) : (
        <button type="button" className={`small-button ${classes['show'] ?? ''}`} onClick={show}>
          {text.nodes.menu.showOnMap}
        </button>
      )}
      <CardActions actions={nodeActions(data.node).filter((each) => each.id !== 'map')} />
      <RayDashboardLink page={{ kind: 'node', nodeId: id }} />
      <RayDashboardLink page={{ kind: 'logs', nodeId: id }} />
    </>
  );
  return (
    <SideCard
      title={words.title(shortNodeId(id))}
      beside={<CopyButton value={id} what={text.nodes.idOf(shortNodeId(id))} />}
      foot={foot}
      close={close}
    >
      {data === undefined && <p className="quiet">{error === null ? text.map.loading : words.failed(error.message)}</p>}
      {data === null && <p>{words.gone}</p>}
      {data !== undefined && data !== null && <Facts detail={data} />}
    </SideCard>
  );
}

function Facts({ detail: { node, jobs } }: { readonly detail: NodeDetail }) {
  const words = text.map.card;
  const head = text.nodes.head;
  const state = shownState(cellStates[node.cell], node);
  return (
    <dl className={classes['facts']}>
      <DescriptionItem name={head.state}>
        <span className={classes['state']}>
          <NodeStateIcon kind={state} />
          {text.map.state[state]}
          {node.isHead && <span className="quiet">{text.nodes.headNode}</span>}
        </span>
      </DescriptionItem>
      {node.state === 'dead' && <DeadNodeFacts node={node} />}
      <DescriptionItem name={words.id}>
        <code>{node.id}</code>
      </DescriptionItem>
      <DescriptionItem name={head.host}>
        {node.hostname ?? <span className="quiet">{text.nodes.hostUnknown}</span>}
      </DescriptionItem>
      <DescriptionItem name={head.template}>
        {node.templateId ?? <span className="quiet">{text.nodes.templateUnknown}</span>}
      </DescriptionItem>
      <DescriptionItem name={words.cluster}>
        <NodeHolder node={node} />
      </DescriptionItem>
      {node.jobClusterId !== null && (
        <DescriptionItem name={words.jobCluster}>
          <JobClusterName id={node.jobClusterId} />
        </DescriptionItem>
      )}
      {node.state !== 'dead' && <Usage usage={node.usage} />}
      <DescriptionItem name={words.jobs}>
        <SourcedValue fact={jobs}>
          {(all) =>
            all.length === 0 ? (
              words.noJobs
            ) : (
              <ul className="plain-list">
                {all.map(({ submissionId, status, entrypoint }) => (
                  <li key={submissionId} title={entrypoint ?? undefined}>
                    {readableClusterId(submissionId)}{' '}
                    <span className="quiet">{status.known ? status.value : words.jobUnknownStatus}</span>{' '}
                    <RayDashboardLink page={{ kind: 'job', submissionId }} />
                  </li>
                ))}
              </ul>
            )
          }
        </SourcedValue>
      </DescriptionItem>
    </dl>
  );
}

function Usage({ usage }: Pick<FleetNode, 'usage'>) {
  const words = text.map.card;
  if (!usage.known) {
    return (
      <DescriptionItem name={words.usage}>
        <UnknownSource fact={usage} />
      </DescriptionItem>
    );
  }
  const { cpu, gpu, memory, objectStore } = usage.value;
  return (
    <>
      {cpu !== null && <Used name={text.nodes.head.cpu} amount={cpu} amountText={countAmountText(cpu)} />}
      {gpu !== null && <Used name={words.gpu} amount={gpu} amountText={countAmountText(gpu)} />}
      {memory !== null && <Used name={words.memory} amount={memory} amountText={words.gib(gibAmountText(memory))} />}
      {objectStore !== null && (
        <Used name={words.objectStore} amount={objectStore} amountText={words.gib(gibAmountText(objectStore))} />
      )}
    </>
  );
}

function Used({
  name,
  amount: { used, total },
  amountText,
}: {
  readonly name: string;
  readonly amount: Amount;
  readonly amountText: string;
}) {
  const share = total > 0 ? Math.min(1, used / total) : 0;
  return (
    <DescriptionItem name={name}>
      <span className={classes['used']}>
        <span className={classes['bar']} aria-hidden="true">
          <span style={{ width: `${String(share * 100)}%` }} />
        </span>
        {amountText}
      </span>
    </DescriptionItem>
  );
}
