import { useState } from 'react';
import type { ClusterProfile, ProfileField, ProfileRecord } from '../../../../domain/cluster-profile.ts';
import {
  mergedProfile,
  profileMergeRows,
  type ProfileMergeRow,
  type ProfileSide,
} from '../../../../domain/profile-merge.ts';
import { ownerText } from '../../../text/owner-text.ts';
import { Notice } from '../../../ui/notice.tsx';
import classes from './owner.module.css';
import { personText } from '../../../ui/person-text.ts';

interface OwnerConflictProps {
  readonly base: ClusterProfile;
  readonly mine: ClusterProfile;
  readonly theirs: ProfileRecord;
  /** What both come to, once each field that both changed has a choice. */
  readonly onTake: (merged: ClusterProfile) => void;
}

/** Somebody else saved meanwhile: both sides of each field that differs, and a choice where both changed it. */
export function OwnerConflict({ base, mine, theirs, onTake }: OwnerConflictProps) {
  const words = ownerText.moved;
  const [choices, setChoices] = useState<ReadonlyMap<ProfileField, ProfileSide>>(new Map());
  const [tried, setTried] = useState(false);
  const rows = profileMergeRows(base, mine, theirs.profile);

  function take() {
    const merged = mergedProfile(base, mine, theirs.profile, choices);
    if (merged === null) setTried(true);
    else onTake(merged);
  }

  return (
    <Notice kind="warn" level={3} title={words.title(personText(theirs.who))} action={{ label: words.take, act: take }}>
      <div className={classes['rows']}>
        {rows.map((row) => (
          <Row
            key={row.field}
            row={row}
            choice={choices.get(row.field) ?? null}
            onChoose={(side) => setChoices(new Map(choices).set(row.field, side))}
          />
        ))}
      </div>
      {tried && <p role="alert">{words.choose}</p>}
    </Notice>
  );
}

interface RowProps {
  readonly row: ProfileMergeRow;
  readonly choice: ProfileSide | null;
  readonly onChoose: (side: ProfileSide) => void;
}

function Row({ row, choice, onChoose }: RowProps) {
  const words = ownerText.moved;
  const name = ownerText.fields[row.field];
  if (row.decided !== null) {
    return (
      <div className={classes['row']}>
        <span className={classes['rowName']}>{name}</span>
        <span className={classes['choice']}>
          <span className={classes['side']}>{words.sides[row.decided]}</span>
          <bdi>{row[row.decided] || words.nothing}</bdi>
        </span>
      </div>
    );
  }
  return (
    <fieldset className={classes['row']}>
      <legend>{name}</legend>
      {(['theirs', 'mine'] as const).map((side) => (
        <label key={side} className={classes['choice']}>
          <input type="radio" name={`owner-${row.field}`} checked={choice === side} onChange={() => onChoose(side)} />
          <span className={classes['side']}>{words.sides[side]}</span>
          <bdi>{row[side] || words.nothing}</bdi>
        </label>
      ))}
    </fieldset>
  );
}
