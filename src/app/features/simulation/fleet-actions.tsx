import '@mantine/core/styles/NumberInput.css';
import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { splitJobClusterId } from '../../../domain/cluster-id.ts';
import { text } from '../../text/text.ts';
import { ActionButton, ActionGroup, type ActionGroupProps } from './action-group.tsx';
import { addNodes, keepNodesBusy, finishJob, runningJobs } from './actions.ts';
import classes from './simulation.module.css';
import { SelectField } from '../../ui/select-field.tsx';

const { jobs: jobWords, nodes: nodeWords } = text.simulation;
const MAX_ADDED = 1_000;

/** Ends a job. */
export function JobActions({ summary, run }: ActionGroupProps) {
  const [chosenId, setChosenId] = useState<string | null>(null);
  const running = runningJobs(summary.jobs);
  const job = running.find(({ submissionId }) => submissionId === chosenId) ?? running.at(-1);
  return (
    <ActionGroup title={jobWords.title}>
      {job === undefined ? (
        <p className="quiet">{jobWords.none}</p>
      ) : (
        <>
          <SelectField
            label={jobWords.choose}
            data={running.map(({ submissionId, virtualClusterId }) => ({
              value: submissionId,
              label: jobWords.option(submissionId, parentOf(virtualClusterId)),
            }))}
            value={job.submissionId}
            onChange={(event) => setChosenId(event.currentTarget.value)}
          />
          <div className={classes['actions']}>
            <ActionButton label={jobWords.finish} act={() => void run(finishJob(job))} />
          </div>
        </>
      )}
    </ActionGroup>
  );
}

/** Adds nodes, and keeps all nodes busy. */
export function NodeActions({ summary, run }: ActionGroupProps) {
  const templates = Object.keys(summary.templates);
  const [chosen, setChosen] = useState<string | null>(null);
  const [count, setCount] = useState(1);
  const templateId =
    chosen !== null && templates.includes(chosen) ? chosen : (templates.find((each) => each !== HEAD) ?? null);
  return (
    <ActionGroup title={nodeWords.title}>
      {templateId !== null && (
        <div className={classes['fields']}>
          <SelectField
            label={nodeWords.template}
            data={templates}
            value={templateId}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
          <NumberInput
            size="xs"
            label={nodeWords.count}
            labelProps={{ className: classes['label'] }}
            value={count}
            min={1}
            max={MAX_ADDED}
            clampBehavior="strict"
            allowDecimal={false}
            onChange={(value) => setCount(Math.max(1, Number(value)))}
          />
          <ActionButton label={nodeWords.add} act={() => void run(addNodes(templateId, count))} />
        </div>
      )}
      <div className={classes['actions']}>
        <ActionButton label={nodeWords.fill} act={() => void run(keepNodesBusy)} />
      </div>
    </ActionGroup>
  );
}

/** The head node's template: not the default choice, but allowed. */
const HEAD = 'head';

/** `team` of `team##raysubmit_X`; the submission id is shown beside it. */
function parentOf(clusterId: string): string {
  return splitJobClusterId(clusterId)?.parentId ?? clusterId;
}
