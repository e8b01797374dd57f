import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Change } from '../../contract/change.ts';
import { useConsole } from '../api/console.tsx';
import { queryKeys } from '../api/query-keys.ts';
import { text } from '../text/text.ts';
import { PendingButton } from '../ui/pending-button.tsx';
import classes from './check-again-button.module.css';

/** Whether the outcome of a change is not known yet. */
export function isUnsettled({ result }: Pick<Change, 'result'>): boolean {
  return result === null || result.kind === 'unknown';
}

/** Looks up the outcome of an unsettled change; never sends it again. */
export function CheckAgainButton({ changeId }: { readonly changeId: string }) {
  const words = text.journal;
  const { api } = useConsole();
  const client = useQueryClient();
  const lookup = useMutation({
    mutationFn: () => api.change(changeId),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.changes.all }),
  });
  return (
    <span className={classes['check']}>
      <PendingButton size="compact-sm" variant="default" isPending={lookup.isPending} onClick={() => lookup.mutate()}>
        {words.checkAgain}
      </PendingButton>
      <span role="status" className="quiet">
        {lookup.isPending
          ? words.checking
          : lookup.error !== null
            ? words.checkFailed(lookup.error.message)
            : lookup.data === null
              ? words.forgotten
              : null}
      </span>
    </span>
  );
}
