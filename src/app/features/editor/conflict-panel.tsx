import { Button } from '@mantine/core';
import { useId, useRef, useState } from 'react';
import type { SaveChange } from '../../../domain/change.ts';
import type { MergeRow } from '../../../domain/merge.ts';
import type { ClusterSnapshot } from '../../../domain/result.ts';
import { revisionTime } from '../../../domain/revision.ts';
import { replicaSetsText } from '../../changes/result-text.ts';
import { SideChoice } from '../../changes/side-choice.tsx';
import { text } from '../../text/text.ts';
import { AgoText } from '../../api/ago.tsx';
import {
  retainChoices,
  resolveConflict,
  conflictRowsOf,
  driftSince,
  type ConflictResolution,
} from './conflict-resolution.ts';
import type { Side } from './early-choices.ts';
import { FocusedNotice } from './focused-notice.tsx';
import classes from './panels.module.css';
import { useAuthorOf } from './use-author-of.ts';

interface ConflictRegionProps {
  readonly sent: SaveChange;
  readonly theirs: ClusterSnapshot;
  /** The cluster as known now; null while it does not exist. */
  readonly now: ClusterSnapshot | null;
  /** The jobs at risk are being checked before the merge is sent. */
  readonly isBusy: boolean;
  /** The form was opened on another Ray: nobody changed anything, the two Rays just differ. */
  readonly isAnotherRay: boolean;
  /** When the form was opened, ms since 1970: what was there before that was changed by nobody since. */
  readonly openedAt: number | null;
  readonly onSave: (save: SaveChange) => void;
  /** Called when the choices equal what the cluster has: nothing is left to send. */
  readonly onNothingLeft: () => void;
}

/** Someone else saved first: both changes per template, and a choice where both changed the same one. */
export function ConflictPanel(props: ConflictRegionProps) {
  const words = text.editor.conflict;
  const { sent, openedAt } = props;
  const [isAnotherRay] = useState(props.isAnotherRay);
  // Frozen until the person asks for the newer state: the options must not change while they choose.
  const [theirs, setTheirs] = useState(props.theirs);
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const [tried, setTried] = useState(false);
  const table = useRef<HTMLTableElement>(null);
  const rows = conflictRowsOf(sent, theirs);
  const merged = resolveConflict(sent, theirs, choices);
  const movedAt = revisionTime(theirs.revision);
  const at = isAnotherRay || movedAt === null || (openedAt !== null && movedAt < openedAt) ? null : movedAt;

  const author = useAuthorOf(sent.clusterId, theirs.revision);

  const moved = props.now?.divisible === theirs.divisible ? driftSince(theirs, props.now) : [];

  function showMoved(now: ClusterSnapshot) {
    setChoices(retainChoices(choices, moved));
    setTheirs(now);
    setTried(false);
    table.current?.focus();
  }

  function save() {
    if (merged.kind === 'save') return props.onSave(merged.save);
    if (merged.kind === 'theirs-already') return props.onNothingLeft();
    setTried(true);
    // The first radio of the first undecided row.
    const undecided = rows.findIndex(({ templateId }) => templateId === merged.templateIds[0]);
    table.current?.tBodies[0]?.rows[undecided]?.querySelector<HTMLInputElement>('input[type=radio]')?.focus();
  }

  return (
    <FocusedNotice kind="warn" title={isAnotherRay ? words.anotherTitle : words.title}>
      <p>
        {isAnotherRay ? words.another : introduction(sent, rows)}
        {at !== null && (
          <span className="quiet">
            {' '}
            <AgoText at={at} words={(ago) => words.changed(ago, author)} />
          </span>
        )}
      </p>
      <p role="status" className={`actions-row ${classes['actions'] ?? ''}`}>
        {moved.length > 0 && (
          <>
            <span>
              {words.movedAgain(
                text.joins.list(moved.map(({ templateId, from, to }) => text.editor.since.move(templateId, from, to))),
              )}
            </span>
            <Button size="xs" variant="default" onClick={() => props.now !== null && showMoved(props.now)}>
              {words.showMoved}
            </Button>
          </>
        )}
      </p>
      <table
        ref={table}
        tabIndex={-1}
        className={`full-width-table ${classes['table'] ?? ''} ${classes['blocks'] ?? ''}`}
        aria-label={words.table}
      >
        <thead>
          <tr>
            <th scope="col">{text.editor.form.template}</th>
            <th scope="col">{words.opened}</th>
            <th scope="col">{words.theirs}</th>
            <th scope="col">{words.yours}</th>
            <th scope="col" className={classes['wide']}>
              {words.result}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ConflictRow
              key={row.templateId}
              row={row}
              choice={choices.get(row.templateId) ?? null}
              isMissed={tried && row.decided === null && !choices.has(row.templateId)}
              onChoose={(side) => setChoices(new Map(choices).set(row.templateId, side))}
            />
          ))}
        </tbody>
      </table>
      <div className={`actions-row ${classes['actions'] ?? ''}`}>
        <Button size="xs" disabled={props.isBusy} onClick={save}>
          {props.isBusy ? text.editor.form.looking : words.save}
        </Button>
        <span role="status">{comesTo(merged)}</span>
      </div>
    </FocusedNotice>
  );
}

function introduction(sent: SaveChange, rows: readonly MergeRow[]): string {
  const words = text.editor.conflict;
  if (sent.base === null) return words.created(sent.clusterId);
  return rows.some(({ decided }) => decided === null) ? words.detail : words.decided;
}

function comesTo(merged: ConflictResolution): string {
  const words = text.editor.conflict;
  switch (merged.kind) {
    case 'undecided':
      return words.undecided(merged.templateIds.length);
    case 'theirs-already':
      return words.theirsAlready;
    case 'save':
      return words.saves(replicaSetsText(merged.save.want));
  }
}

interface ConflictRowProps {
  readonly row: MergeRow;
  readonly choice: Side | null;
  readonly isMissed: boolean;
  readonly onChoose: (side: Side) => void;
}

function ConflictRow({ row, choice, isMissed, onChoose }: ConflictRowProps) {
  const words = text.editor.conflict;
  const id = useId();
  const { templateId, base, theirs, mine, decided } = row;
  return (
    <tr>
      <th scope="row" id={`${id}-name`}>
        {templateId}
      </th>
      <td data-label={words.opened}>{text.facts.count(base)}</td>
      <td data-label={words.theirs}>{text.facts.count(theirs)}</td>
      <td data-label={words.yours}>{text.facts.count(mine)}</td>
      <td className={classes['wide']}>
        {decided === null ? (
          <div className={classes['choices']}>
            <SideChoice
              labelledBy={`${id}-name`}
              mine={mine}
              theirs={theirs}
              choice={choice}
              isInvalid={isMissed}
              describedBy={isMissed ? `${id}-error` : undefined}
              onChoose={onChoose}
            />
            {isMissed && (
              <span id={`${id}-error`} className={classes['error']}>
                {words.choose}
              </span>
            )}
          </div>
        ) : (
          words.by[decided.by](decided.count)
        )}
      </td>
    </tr>
  );
}
