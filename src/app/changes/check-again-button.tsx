import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Change } from '../../contract/change.ts';
import { useConsole } from '../api/console.tsx';
import { text } from '../text/text.ts';
import classes from './check-again-button.module.css';

/** Whether nobody knows yet what came of a change. */
export function isUnsettled({ result }: Pick<Change, 'result'>): boolean {
  return result === null || result.kind === 'unknown';
}

/** Looks at what came of a change that isn't settled; never sends it. */
export function CheckAgainButton({ changeId }: { readonly changeId: string }) {
  const words = text.journal;
  const { api } = useConsole();
  const client = useQueryClient();
  const look = useMutation({
    mutationFn: () => api.change(changeId),
    onSettled: () => client.invalidateQueries({ queryKey: ['changes'] }),
  });
  return (
    <span className={classes['check']}>
      <Button size="compact-sm" variant="default" disabled={look.isPending} onClick={() => look.mutate()}>
        {words.checkAgain}
      </Button>
      <span role="status" className="quiet">
        {look.isPending
          ? words.checking
          : look.error !== null
            ? words.checkFailed(look.error.message)
            : look.data === null
              ? words.forgotten
              : null}
      </span>
    </span>
  );
}
