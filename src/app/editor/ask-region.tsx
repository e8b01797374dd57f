import { Button } from '@mantine/core';
import type { SaveChange } from '../../domain/change.ts';
import { text } from '../text/text.ts';
import type { JobsBeforeSending } from './before-sending.ts';
import { FocusedNotice } from './focused-notice.tsx';
import classes from './regions.module.css';

/** A question that stands between a click and what it does. */
export type Ask =
  | { readonly kind: 'recreate'; readonly wanted: SaveChange }
  | {
      readonly kind: 'jobs';
      readonly wanted: SaveChange;
      readonly jobs: JobsBeforeSending;
      readonly takesHead: boolean;
    }
  | { readonly kind: 'head'; readonly wanted: SaveChange }
  | { readonly kind: 'discard' };

interface AskRegionProps {
  readonly ask: Ask;
  readonly clusterId: string;
  readonly onYes: () => void;
  readonly onBack: () => void;
}

/** Asks before something is sent or forgotten. */
export function AskRegion({ ask, clusterId, onYes, onBack }: AskRegionProps) {
  const words = text.editor.ask;
  return (
    <FocusedNotice kind="warn" title={titleOf(ask)}>
      {ask.kind === 'jobs' && <JobsAtRisk jobs={ask.jobs} />}
      {(ask.kind === 'head' || (ask.kind === 'jobs' && ask.takesHead)) && <p>{words.head.detail}</p>}
      {ask.kind === 'recreate' && <p>{words.recreate.detail(clusterId)}</p>}
      {ask.kind === 'discard' && <p>{words.discard.detail}</p>}
      <div className={classes['actions']}>
        <Button size="xs" onClick={onYes}>
          {words[ask.kind].yes}
        </Button>
        <Button size="xs" variant="default" onClick={onBack}>
          {words.back}
        </Button>
      </div>
    </FocusedNotice>
  );
}

function titleOf(ask: Ask): string {
  return text.editor.ask[ask.kind].title;
}

function JobsAtRisk({ jobs }: { readonly jobs: JobsBeforeSending }) {
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
