import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import { Button, Modal, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { idleBlockerOf } from '../../../domain/idle.ts';
import { sameReplicaSets, totalReplicas } from '../../../domain/replica-sets.ts';
import { heldReplicaSetsOf } from '../../../domain/held-replica-sets.ts';
import { replicaSetsText } from '../../changes/result-text.ts';
import { text } from '../../text/text.ts';
import { ClusterId } from '../../ui/cluster-id.tsx';
import { UnknownSource } from '../../ui/sourced-value.tsx';
import classes from './delete-dialog.module.css';
import { LeftoverList } from './leftover-list.tsx';
import { leftoverJobClustersOf, runningJobsOf } from '../../cluster-ui/leftovers.ts';
import type { DeleteDialogState, Deletion } from './use-delete.ts';

interface DeleteDialogProps {
  readonly deletion: Deletion;
  readonly cluster: VirtualCluster | null;
  /** Null while a deletion is waiting already. */
  readonly askWhenIdle: ((cluster: VirtualCluster) => void) | null;
}

/** Asks for the id of the cluster, and says what will happen. `cluster`: as it is now; null when it is gone. */
export function DeleteDialog({ deletion, cluster, askWhenIdle }: DeleteDialogProps) {
  const { dialog, clusterId, state } = deletion;
  const isSending = state.kind === 'sending';
  return (
    <Modal.Root
      opened={dialog !== null}
      onClose={() => deletion.close()}
      size="lg"
      centered
      // Mantine's scroll lock writes a style that the page's policy refuses, and nothing behind the dialog scrolls.
      lockScroll={false}
      // After a delete the focus goes to the outcome, not back to the button.
      returnFocus={!deletion.wasConfirmed}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes['head']}>
          <Modal.Title className={classes['title'] ?? ''}>
            {text.remove.dialog.title} <ClusterId id={clusterId} />
          </Modal.Title>
          <Modal.CloseButton aria-label={text.shell.close} />
        </div>
        <Modal.Body>
          {dialog !== null && (
            <Question
              opened={dialog}
              cluster={cluster}
              deletion={deletion}
              isSending={isSending}
              askWhenIdle={askWhenIdle}
            />
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface QuestionProps {
  readonly opened: DeleteDialogState;
  readonly cluster: VirtualCluster | null;
  readonly deletion: Deletion;
  readonly isSending: boolean;
  readonly askWhenIdle: DeleteDialogProps['askWhenIdle'];
}

function Question({ opened, cluster, deletion, isSending, askWhenIdle }: QuestionProps) {
  const words = text.remove.dialog;
  const { clusterId } = deletion;
  const readable = readableClusterId(clusterId);
  const whenIdleId = useId();
  const [typed, setTyped] = useState('');
  // An invisible character can't be typed, so its escape is accepted too.
  const isTyped = typed === readable || typed === clusterId;
  const now = cluster ?? opened.cluster;
  const nodes = totalReplicas(heldReplicaSetsOf(now));
  const dead = now.templates.reduce((sum, { dead: count }) => sum + (count.known ? count.value : 0), 0);
  const hasMoved = cluster !== null && !sameReplicaSets(heldReplicaSetsOf(cluster), opened.base.replicaSets);
  const blocker = idleBlockerOf(now)?.kind ?? null;
  const isRefused = blocker !== null && blocker !== 'unknown';
  const confirm = (
    <Button
      key="confirm"
      type="submit"
      size="sm"
      {...(isRefused ? { variant: 'default' } : {})}
      className={classes[isRefused ? 'doubtful' : 'confirm'] ?? ''}
      disabled={!isTyped}
      loading={isSending}
    >
      {words.confirm}
    </Button>
  );
  const whenIdle = askWhenIdle !== null && cluster !== null && (
    <Button
      key="when-idle"
      size="sm"
      variant={isRefused && blocker !== 'leftovers' ? 'filled' : 'default'}
      aria-describedby={whenIdleId}
      disabled={!isTyped || isSending}
      onClick={() => {
        askWhenIdle(cluster);
        deletion.close();
      }}
    >
      {text.whenIdle.start}
    </Button>
  );
  const keep = (
    <Button key="keep" size="sm" variant="default" disabled={isSending} onClick={() => deletion.close()}>
      {words.keep}
    </Button>
  );
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isTyped) deletion.confirm();
      }}
    >
      {cluster === null && !isSending && <p className="warning-bar">{words.gone}</p>}
      {hasMoved && <p className="warning-bar">{words.moved(replicaSetsText(heldReplicaSetsOf(cluster)))}</p>}
      <p>
        {nodes === 0 ? words.noNodes : words.goesBack(nodes)} {dead > 0 && words.dead(dead)}
      </p>
      <Users cluster={now} />
      {cluster !== null && <LeftoverList cluster={cluster} />}
      <p className="quiet">{words.noFence(readable)}</p>
      <TextInput
        data-autofocus
        label={
          <>
            {words.typeBefore} <ClusterId id={clusterId} /> {words.typeAfter}
          </>
        }
        value={typed}
        readOnly={isSending}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {whenIdle !== false && (
        <p id={whenIdleId} className="quiet">
          <b>{text.whenIdle.start}</b> {blocker === 'leftovers' ? words.whenReleased : text.whenIdle.does}
        </p>
      )}
      {/* What can work comes first. */}
      <div className="actions-row">
        {isRefused ? [whenIdle, keep, confirm] : [confirm, whenIdle, keep]}
        <span role="status" className="quiet">
          {isSending && words.sending}
        </span>
      </div>
    </form>
  );
}

/** How many jobs are named. */
const NAMED = 3;

function Users({ cluster }: { readonly cluster: VirtualCluster }) {
  const words = text.remove.dialog;
  const { usedBy } = cluster;
  if (!usedBy.known) {
    return (
      <p>
        {words.usersUnknown} <UnknownSource fact={usedBy} />
      </p>
    );
  }
  const running = runningJobsOf(cluster);
  const leftovers = leftoverJobClustersOf(cluster).length;
  // Leftovers are listed below, with a button to release them.
  if (running.length === 0) return leftovers === 0 && <p>{words.unused}</p>;
  const more = running.length - NAMED;
  return (
    <div className="warning-bar">
      <p>{words.usedBy(running.length)}</p>
      <ul className="plain-list" aria-label={words.jobs}>
        {running.slice(0, NAMED).map(({ submissionId, entrypoint }) => (
          <li key={submissionId}>
            <code>{submissionId}</code> <span className="quiet">{entrypoint}</span>
          </li>
        ))}
        {more > 0 && <li>{text.panel.moved.more(more)}</li>}
      </ul>
    </div>
  );
}
