import { readableClusterId, readableJob } from '../../../../../domain/cluster-id.ts';
import { text } from '../../../../text/text.ts';
import { countsOf } from '../layout/card-counts.ts';
import { cardNumbers } from '../paint/card-label.ts';
import type { Cell } from '../layout/cell-lookup.ts';
import type { Group } from '../layout/layout.ts';
import { groupNameText } from '../paint/paint-group-labels.ts';
import { stateOfCode, type MapModel, type Section } from '../layout/map-model.ts';
import classes from './map-surface.module.css';
import type { NodeNames } from '../paint/node-names.ts';
import { NodeStateIcon } from '../../../../node-ui/node-state-icon.tsx';

/** The name of the section's holder. */
function holderText({ clusterId, jobClusterId }: Pick<Section, 'clusterId' | 'jobClusterId'>): string {
  const holder = clusterId === null ? text.map.pool : readableClusterId(clusterId);
  return jobClusterId === null ? holder : text.joins.list([holder, text.map.job(readableJob(jobClusterId))]);
}

/** A card in one line, for screen readers. */
export function cardAnnouncement(group: Group, model: MapModel): string {
  const numbers = cardNumbers(
    countsOf(group, model.sections),
    group.name.kind === 'pool',
    Number.POSITIVE_INFINITY,
    () => 0,
  );
  return text.map.clusterCard.announced(groupNameText(group.name), numbers);
}

/** A cell in one line, for screen readers. */
export function cellAnnouncement(cell: Cell, model: MapModel, names: NodeNames): string {
  const section = model.sections.get(cell.section);
  const state = section === undefined ? null : stateOfCode(section.cells[cell.slot] ?? 0);
  if (section === undefined || state === null) return '';
  const name = names.at(cell);
  return text.map.cell({
    id: name?.id.slice(0, 8) ?? null,
    host: name?.hostname ?? null,
    state: text.map.state[state],
    template: section.templateId ?? text.map.noTemplate,
    holder: holderText(section),
  });
}

/** A cell in a few short lines, for the tooltip. */
export function CellDescription({
  cell,
  model,
  names,
}: {
  readonly cell: Cell;
  readonly model: MapModel;
  readonly names: NodeNames;
}) {
  const section = model.sections.get(cell.section);
  const state = section === undefined ? null : stateOfCode(section.cells[cell.slot] ?? 0);
  if (section === undefined || state === null) return null;
  const name = names.at(cell);
  const load = section.loads[cell.slot] ?? 0;
  return (
    <>
      <span className={classes['tipState']}>
        <NodeStateIcon kind={state} />
        {text.map.state[state]}
        <span className="quiet">{section.templateId ?? text.map.noTemplate}</span>
      </span>
      <span>{holderText(section)}</span>
      {state !== 'dead' && state !== 'unknown' && (
        <span className="quiet">{load === 0 ? text.map.loadUnknown : text.map.load(load - 1)}</span>
      )}
      <span className={classes['tipName']}>
        {name === null ? text.map.loading : name.id.slice(0, 12)}
        {name?.hostname !== null && name !== null && <span className="quiet"> {name.hostname}</span>}
      </span>
    </>
  );
}
