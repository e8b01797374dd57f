import { memo } from 'react';
import { navigateTo } from '../../routing/navigate.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { DeniableButton } from '../../ui/deniable-button.tsx';
import classes from './cluster-list.module.css';

/** Opens the form for a new virtual cluster; says why not where nothing may be written. */
export const CreateButton = memo(function CreateButton({
  mayNotWrite,
  hasDraft,
}: {
  readonly mayNotWrite: string | null;
  readonly hasDraft: boolean;
}) {
  return (
    <span className={classes['new']}>
      {hasDraft && (
        <span className="unsaved-chip" title={text.clusters.unsavedNewTitle}>
          {text.clusters.unsaved}
        </span>
      )}
      <DeniableButton
        size="xs"
        data-opens="create"
        className={classes['create'] ?? ''}
        denial={mayNotWrite}
        onClick={() => navigateTo(pathTo.create, { keepQuery: true })}
      >
        {text.clusters.create}
      </DeniableButton>
    </span>
  );
});
