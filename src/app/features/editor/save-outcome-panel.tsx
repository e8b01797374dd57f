import { Button } from '@mantine/core';
import type { SaveChange } from '../../../domain/change.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import type { Goal } from '../../../domain/plan/plan.ts';
import type { ClusterSnapshot, Result } from '../../../domain/result.ts';
import { resultText } from '../../changes/result-text.ts';
import { text } from '../../text/text.ts';
import { AgoText } from '../../api/ago.tsx';
import { saveOfSuggestion, suggestionFor } from './shortage-suggestion.ts';
import { ConflictPanel } from './conflict-panel.tsx';
import { toCreation } from '../../drafts/draft.ts';
import { FocusedNotice } from './focused-notice.tsx';
import type { SaveOutcome } from './save-outcome.ts';
import classes from './panels.module.css';
import { ShortagePanel } from './shortage-panel.tsx';

type Judged = Extract<Result, { readonly kind: 'shortage' }>['judgedOn'];

interface OutcomeRegionProps {
  readonly outcome: SaveOutcome;
  readonly clusterId: string;
  /** The cluster as known now, and what there is of it to save; null while it does not exist. */
  readonly cluster: VirtualCluster | null;
  readonly now: ClusterSnapshot | null;
  readonly isNew: boolean;
  /** The jobs at risk are being checked before a save: no other save may start. */
  readonly isLooking: boolean;
  /** The form was opened on another Ray. */
  readonly isAnotherRay: boolean;
  /** The console, or Ray, was restarted since the change was sent. */
  readonly isConsoleRestarted: boolean;
  /** When the form was opened, ms since 1970; null for a creation. */
  readonly openedAt: number | null;
  /** Sends the save that resolves the outcome. */
  readonly onSend: (save: SaveChange) => void;
  /** Discards the draft and reopens the editor. */
  readonly onRestart: () => void;
  /** Discards the draft and goes to the cluster. */
  readonly onLeave: () => void;
  /** What was asked stands in this plan now. */
  readonly onPlanned: (planId: string) => void;
  readonly onCheckAgain: () => void;
  readonly onSendAgain: () => void;
  /** Stops waiting for an answer, so that the form can be changed again. */
  readonly onGoOn: () => void;
}

/** What was asked, as a goal of a plan. */
function takerOf({ clusterId, divisible, want }: SaveChange, judgedOn: Judged): Goal {
  return { clusterId, divisible, from: judgedOn.revision === null ? null : judgedOn.replicaSets, to: want };
}

/** The outcome of a save after which the form stays open; its heading receives the focus. */
export function SaveOutcomePanel(props: OutcomeRegionProps) {
  const { outcome, clusterId, isNew } = props;
  const words = text.editor;
  switch (outcome.kind) {
    case 'none':
    case 'sending':
    case 'applied':
      return null;
    case 'not-known':
      return <NotKnown {...props} outcome={outcome} />;
    case 'shortage': {
      const { sent, result } = outcome;
      return (
        <ShortagePanel
          cluster={props.cluster}
          direction={result.direction}
          suggestion={suggestionFor(sent, result)}
          isBusy={props.isLooking}
          taker={takerOf(sent, result.judgedOn)}
          onPlanned={props.onPlanned}
          onApply={(want) => props.onSend(saveOfSuggestion(sent, result.judgedOn, want))}
        />
      );
    }
    case 'conflict':
      return (
        <ConflictPanel
          sent={outcome.sent}
          theirs={outcome.theirs}
          now={props.now}
          isBusy={props.isLooking}
          isAnotherRay={props.isAnotherRay}
          openedAt={props.openedAt}
          onSave={props.onSend}
          onNothingLeft={props.onLeave}
        />
      );
    case 'conflict-unread':
      return (
        <FocusedNotice kind="warn" title={words.conflict.unreadTitle}>
          {words.conflict.unread}
        </FocusedNotice>
      );
    case 'deleted': {
      const { sent } = outcome;
      const again = { label: words.ask.recreate.yes, act: () => props.onSend(toCreation(sent)) };
      return (
        <FocusedNotice kind="warn" title={words.conflict.deletedTitle} action={again}>
          {words.conflict.deleted(clusterId)}
        </FocusedNotice>
      );
    }
    case 'other-kind': {
      const detail = words.conflict.otherKind(clusterId, outcome.divisible);
      if (isNew) {
        return (
          <FocusedNotice kind="bad" title={words.conflict.otherKindTitle}>
            {detail}
          </FocusedNotice>
        );
      }
      return (
        <FocusedNotice
          kind="bad"
          title={words.conflict.otherKindTitle}
          action={{ label: words.conflict.editAnew, act: props.onRestart }}
        >
          {detail}
        </FocusedNotice>
      );
    }
    case 'refused': {
      const { title, detail, tone } = resultText(outcome.result);
      return (
        <FocusedNotice kind={tone} title={title}>
          {detail}
        </FocusedNotice>
      );
    }
    case 'console-refused':
      return (
        <FocusedNotice kind="bad" title={words.consoleRefused.title}>
          {words.consoleRefused.detail(outcome.detail)}
        </FocusedNotice>
      );
    case 'never-arrived':
      return (
        <FocusedNotice
          kind={props.isConsoleRestarted ? 'info' : 'bad'}
          title={props.isConsoleRestarted ? words.neverArrived.unknownTitle : words.neverArrived.title}
          action={{ label: words.neverArrived.again, act: props.onSendAgain }}
        >
          {props.isConsoleRestarted ? words.neverArrived.unknown : words.neverArrived.detail}
        </FocusedNotice>
      );
  }
}

/** Sent, with an unknown outcome: never shown as failed, and never resent automatically. */
function NotKnown(
  props: OutcomeRegionProps & { readonly outcome: Extract<SaveOutcome, { readonly kind: 'not-known' }> },
) {
  const { result, consoleMessage } = props.outcome;
  const words = text.editor.notKnown;
  return (
    <FocusedNotice kind="info" title={words.title}>
      <p>
        {result !== null
          ? words.sent(text.panel.result.unknown.cause[result.cause])
          : consoleMessage === null
            ? words.waiting
            : words.console}
      </p>
      <p>
        {consoleMessage === null ? words.looks : words.pageLooks}
        {result !== null && result.lookedAt !== null && (
          <span className="quiet">
            {' '}
            <AgoText at={result.lookedAt} words={words.lookedAt} />
          </span>
        )}
      </p>
      {result !== null && <p>{props.isNew ? words.noFence : words.fence}</p>}
      <div className={`actions-row ${classes['actions'] ?? ''}`}>
        <Button size="xs" onClick={props.onCheckAgain}>
          {words.check}
        </Button>
        {result !== null && (
          <Button size="xs" variant="default" onClick={props.onGoOn}>
            {words.goOn}
          </Button>
        )}
      </div>
    </FocusedNotice>
  );
}
