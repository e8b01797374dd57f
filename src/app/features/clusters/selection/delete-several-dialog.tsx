import { Button } from '@mantine/core';
import type { VirtualCluster } from '../../../../domain/fleet.ts';
import { useMakePlan } from '../../../cluster-ui/use-make-plan.ts';
import { selectionText } from '../../../text/selection-text.ts';
import { ClusterId } from '../../../ui/cluster-id.tsx';
import { OverlayDialog } from '../../../ui/overlay-dialog.tsx';
import { nodeCount } from '../cluster-summary.ts';
import { deletionGoals } from './selection-goals.ts';
import classes from './selection.module.css';

interface DeleteSeveralDialogProps {
  /** Those that may be changed. */
  readonly clusters: readonly VirtualCluster[];
  readonly close: () => void;
}

/** What would be deleted, and a plan of it. */
export function DeleteSeveralDialog({ clusters, close }: DeleteSeveralDialogProps) {
  const words = selectionText.deleting;
  const { make, isBusy, problem } = useMakePlan();
  return (
    <OverlayDialog title={words.title(clusters.length)} close={close}>
      <div className={classes['form']}>
        <p>{words.detail}</p>
        <div className={classes['rows']}>
          <table className={`full-width-table ${classes['table'] ?? ''}`} aria-label={words.title(clusters.length)}>
            <tbody>
              {clusters.map((cluster) => (
                <tr key={cluster.id}>
                  <th scope="row">
                    <ClusterId id={cluster.id} />
                  </th>
                  <td>{words.nodes(nodeCount(cluster))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div className="actions-row">
          <Button
            size="xs"
            data-autofocus
            disabled={isBusy}
            onClick={() => void make(words.name(clusters.length), deletionGoals(clusters))}
          >
            {selectionText.review}
          </Button>
          {problem !== null && <span role="alert">{problem}</span>}
        </div>
      </div>
    </OverlayDialog>
  );
}
