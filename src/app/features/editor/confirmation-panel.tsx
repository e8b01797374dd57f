import { Button } from '@mantine/core';
import type { SaveChange } from '../../../domain/change.ts';
import { text } from '../../text/text.ts';
import type { JobsAtRiskCheck } from './pre-send-check.ts';
import { FocusedNotice } from './focused-notice.tsx';
import classes from './panels.module.css';

/** A question to confirm before an action. */
export type Confirmation =
  | { readonly kind: 'recreate'; readonly wanted: SaveChange }
  | {
      readonly kind: 'jobs';
      readonly wanted: SaveChange;
      readonly jobs: JobsAtRiskCheck;
      readonly takesHead: boolean;
    }
  | { readonly kind: 'head'; readonly wanted: SaveChange }
  | { readonly kind: 'empty'; readonly wanted: SaveChange }
  | { readonly kind: 'discard' };

interface ConfirmationPanelProps {
  readonly confirmation: Confirmation;
  readonly clusterId: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before something is sent or forgotten. */
export function ConfirmationPanel({ confirmation, clusterId, onConfirm, onCancel }: ConfirmationPanelProps) {
  const words = text.editor.ask;
  return (
    <FocusedNotice kind="warn" title={titleOf(confirmation)}>
      {confirmation.kind === 'jobs' && <JobsAtRisk jobs={confirmation.jobs} />}
      {(confirmation.kind === 'head' || (confirmation.kind === 'jobs' && confirmation.takesHead)) && (
        <p>{words.head.detail}</p>
      )}
      {confirmation.kind === 'empty' && <p>{words.empty.detail}</p>}
      {confirmation.kind === 'recreate' && <p>{words.recreate.detail(clusterId)}</p>}
      {confirmation.kind === 'discard' && <p>{words.discard.detail}</p>}
      <div className={`actions-row ${classes['actions'] ?? ''}`}>
        <Button size="xs" onClick={onConfirm}>
          {words[confirmation.kind].yes}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {words.back}
        </Button>
      </div>
    </FocusedNotice>
  );
}

function titleOf(ask: Confirmation): string {
  return text.editor.ask[ask.kind].title;
}

function JobsAtRisk({ jobs }: { readonly jobs: JobsAtRiskCheck }) {
  const words = text.editor.ask.jobs;
  if (jobs === 'not-looked') return <p>{words.notLooked}</p>;
  if (!jobs.known) {
    return (
      <p>
        {words.unknownDetail} <span className="quiet">{text.facts.why(jobs.source, jobs.reason)}</span>
      </p>
    );
  }
  return (
    <>
      <p>{words.detail(jobs.value.length)}</p>
      <ul className={classes['list']} aria-label={words.list}>
        {jobs.value.map(({ submissionId, jobClusterId }) => (
          <li key={submissionId}>
            <code>{jobClusterId === null ? submissionId : words.inCluster(submissionId, jobClusterId)}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
