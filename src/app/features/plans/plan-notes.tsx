import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { PlanForecast } from '../../../domain/plan/preview.ts';
import { plansText } from '../../text/plans-text.ts';
import { text } from '../../text/text.ts';
import type { PlanNote } from './notes-of.ts';
import classes from './plans.module.css';
import { lacksText } from './step-text.ts';

/** How many are named; the others are only counted. */
const MAX_NAMES = 3;

/** What is to be known before a plan runs, each with a way to its step. */
export function PlanNotes({
  notes,
  forecast,
}: {
  readonly notes: readonly PlanNote[];
  readonly forecast: PlanForecast;
}) {
  return (
    <ul className={`plain-list ${classes['notes'] ?? ''}`}>
      {notes.map((note) => (
        <li key={'clusterId' in note ? `${note.kind} ${note.clusterId}` : note.kind} data-tone={toneOf(note)}>
          {noteText(note, forecast)}
          {'stepId' in note && (
            <>
              {' '}
              <button type="button" className="link-button screen-only" onClick={() => showStep(note.stepId)}>
                {plansText.showStep}
              </button>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The element of a step. */
export function stepElementId(stepId: string): string {
  return `step ${stepId}`.replaceAll(/\s/g, '-');
}

function showStep(stepId: string): void {
  const step = document.getElementById(stepElementId(stepId));
  step?.scrollIntoView({ block: 'center' });
  step?.focus({ preventScroll: true });
}

function toneOf({ kind }: PlanNote): 'bad' | 'warn' | undefined {
  switch (kind) {
    case 'unreadable':
    case 'moved':
    case 'short':
      return 'bad';
    case 'free-unknown':
    case 'outcome-open':
    case 'in-use':
    case 'risk':
      return 'warn';
    case 'fits':
    case 'fits-later':
      return undefined;
  }
}

function noteText(note: PlanNote, forecast: PlanForecast): string {
  const words = plansText;
  switch (note.kind) {
    case 'unreadable':
      return words.unreadable;
    case 'outcome-open':
      return words.outcomeOpen;
    case 'moved': {
      const names = note.clusterIds.map(readableClusterId);
      return words.movedFirst(text.joins.list(names.slice(0, MAX_NAMES)), Math.max(0, names.length - MAX_NAMES));
    }
    case 'short':
      return words.doesNotFit(readableClusterId(note.clusterId), lacksText(forecast, note.stepId) ?? '');
    case 'fits-later':
      return words.fitsLater;
    case 'free-unknown':
      return words.freeUnknown(text.joins.list(note.templateIds));
    case 'fits':
      return words.fits;
    case 'in-use':
      return words.inUse(readableClusterId(note.clusterId));
    case 'risk':
      return words.risk(readableClusterId(note.clusterId), note.jobs);
  }
}
