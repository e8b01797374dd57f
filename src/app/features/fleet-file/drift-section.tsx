import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { applicationOf, driftOf } from '../../../fleet-file/drift.ts';
import { exportInto } from '../../../fleet-file/export.ts';
import type { FleetCluster } from '../../../fleet-file/fleet-cluster.ts';
import type { ParsedFile } from '../../../fleet-file/parse.ts';
import { useDenialReason } from '../../api/console.tsx';
import { firstDenial } from '../../api/denial-reason.ts';
import { useMakePlan } from '../../cluster-ui/use-make-plan.ts';
import { fleetFileText } from '../../text/fleet-file-text.ts';
import { DeniableButton } from '../../ui/deniable-button.tsx';
import { ClusterId } from '../../ui/cluster-id.tsx';
import { download } from './download.ts';
import { driftLines } from './drift-text.ts';
import classes from './fleet-file.module.css';
import { useSetOwners } from './use-set-owners.ts';

interface DriftSectionProps {
  readonly file: ParsedFile & { readonly ok: true };
  readonly name: string | null;
  readonly fleet: readonly FleetCluster[];
}

/** How the fleet differs from the file, and what can be made of that. Nothing is deleted unless that is ticked. */
export function DriftSection({ file, name, fleet }: DriftSectionProps) {
  const words = fleetFileText;
  const [prune, setPrune] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { make, isBusy, problem: notMade } = useMakePlan();
  const owners = useSetOwners();
  const denialOf = useDenialReason();
  const drift = useMemo(() => driftOf(file.clusters, fleet), [file, fleet]);
  const { goals, profiles, kept } = applicationOf(drift, { prune });
  // What was wrong with another text, or with more deletions, may not be wrong now.
  const [askedOf, setAskedOf] = useState<{ readonly file: ParsedFile; readonly prune: boolean } | null>(null);
  const error = askedOf?.file === file && askedOf.prune === prune ? (problem ?? notMade) : null;
  const shown = drift.filter(({ kind }) => prune || kind !== 'unknown');
  const there = new Set(fleet.map(({ id }) => id));
  const ofExisting = profiles.filter(({ clusterId }) => there.has(clusterId));
  // A plan is refused for one step that may not be made; owners are set one by one.
  const denial = firstDenial(denialOf, goals);
  const ownersDenials = ofExisting.map(({ clusterId }) => denialOf(clusterId));
  const ownersDenial = ownersDenials.includes(null) ? null : (ownersDenials[0] ?? null);
  const fileName = name ?? words.into.pasted;

  function review() {
    setAskedOf({ file, prune });
    setProblem(null);
    void make(words.planName(fileName), goals);
  }

  function update() {
    setAskedOf({ file, prune });
    const exported = exportInto(fleet, file, { prune });
    setProblem(exported === null ? words.notUpdatable : null);
    if (exported !== null) download(name ?? words.out.name, exported.text);
  }

  return (
    <section aria-labelledby="drift" className={classes['section']}>
      <h2 id="drift">{words.drift.title}</h2>
      <p role="status">{shown.length === 0 ? words.drift.none : words.drift.count(shown.length)}</p>
      <label className={classes['prune']}>
        <input type="checkbox" checked={prune} onChange={() => setPrune(!prune)} /> {words.drift.prune}
        {kept.length > 0 && <span className="quiet"> · {words.drift.kept(kept.length)}</span>}
      </label>
      {shown.length > 0 && (
        <ul className={`plain-list ${classes['drift'] ?? ''}`} aria-label={words.drift.title}>
          {shown.map((each) => (
            <li key={each.clusterId}>
              <strong className={classes['id']}>
                <ClusterId id={each.clusterId} />
              </strong>
              <span>
                {driftLines(each).map(({ sign, words: line }) => (
                  <span key={line} className={classes['line']} data-sign={sign}>
                    <span aria-hidden="true">{sign}</span> {line}
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className={`actions-row ${classes['actions'] ?? ''}`}>
        {goals.length > 0 && (
          <DeniableButton size="xs" denial={denial} disabled={isBusy} onClick={review}>
            {words.plan}
          </DeniableButton>
        )}
        {goals.length > 0 && <span className="quiet">{words.steps(goals.length)}</span>}
        {ofExisting.length > 0 && (
          <DeniableButton
            size="xs"
            variant="default"
            title={words.owners.hint}
            denial={ownersDenial}
            disabled={owners.isBusy}
            onClick={() => owners.set(ofExisting)}
          >
            {words.owners.set(ofExisting.length)}
          </DeniableButton>
        )}
        <Button size="xs" variant="default" title={words.updateHint} onClick={update}>
          {words.update}
        </Button>
      </div>
      {profiles.length > ofExisting.length && (
        <p className="quiet">{words.owners.later(profiles.length - ofExisting.length)}</p>
      )}
      <div role="status">
        {owners.messages.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {error !== null && <p role="alert">{error}</p>}
    </section>
  );
}
