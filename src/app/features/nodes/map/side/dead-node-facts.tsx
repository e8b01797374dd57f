import { useQuery } from '@tanstack/react-query';
import { readableClusterId } from '../../../../../domain/cluster-id.ts';
import type { FleetNode } from '../../../../../domain/fleet.ts';
import { Ago } from '../../../../api/ago.tsx';
import { useConsole, useFleet } from '../../../../api/console.tsx';
import { fleetEpochOf } from '../../../../api/fleet-version.ts';
import { fleetEventsQuery } from '../../../../api/fleet-events-query.ts';
import { text } from '../../../../text/text.ts';
import { DescriptionItem } from '../../../../ui/description-item.tsx';
import { replacementOf, seenDeadAt } from './dead-node.ts';

/** Since when a node is dead, what Ray will do about it, and what its death costs. */
export function DeadNodeFacts({ node }: { readonly node: FleetNode }) {
  const { api } = useConsole();
  const { fleet } = useFleet();
  const { data } = useQuery(
    fleetEventsQuery(api, fleet === null ? null : fleetEpochOf(fleet.version), fleet?.lately ?? 0),
  );
  const words = text.map.card.dead;
  const since = data === undefined ? null : seenDeadAt(node.id, data.happenings);
  const template = node.templateId ?? text.nodes.templateUnknown;
  return (
    <>
      {data !== undefined && (
        <DescriptionItem name={words.since}>{since === null ? words.longer : <Ago at={since} />}</DescriptionItem>
      )}
      {fleet !== null && (
        <DescriptionItem name={words.next}>
          {words.replacement[replacementOf(node, fleet.pool)](template)}
        </DescriptionItem>
      )}
      <DescriptionItem name={words.cost}>
        {node.clusterId === null && node.jobClusterId === null
          ? words.oneFreeLess
          : words.heldInVain(node.clusterId === null ? null : readableClusterId(node.clusterId))}
        {node.jobClusterId !== null && ` ${words.jobHasOneLess}`}
      </DescriptionItem>
    </>
  );
}
