import { Button } from '@mantine/core';
import { memo, useId } from 'react';
import { navigateTo } from '../../routing/navigate.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import classes from './cluster-list.module.css';

/** Opens the form for a new virtual cluster; says why not where nothing may be written. */
export const CreateButton = memo(function CreateButton({
  mayNotWrite,
  hasDraft,
}: {
  readonly mayNotWrite: string | null;
  readonly hasDraft: boolean;
}) {
  const why = useId();
  return (
    <span className={classes['new']}>
      {hasDraft && (
        <span className="unsaved-chip" title={text.clusters.unsavedNewTitle}>
          {text.clusters.unsaved}
        </span>
      )}
      <Button
        size="xs"
        data-opens="create"
        className={classes['create'] ?? ''}
        {...(mayNotWrite === null
          ? {}
          : { 'aria-disabled': true, 'data-disabled': true, 'aria-describedby': why, title: mayNotWrite })}
        onClick={() => {
          if (mayNotWrite === null) navigateTo(pathTo.create, { keepQuery: true });
        }}
      >
        {text.clusters.create}
      </Button>
      {mayNotWrite !== null && (
        <span id={why} hidden>
          {mayNotWrite}
        </span>
      )}
    </span>
  );
});
