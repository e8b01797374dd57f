import { Button } from '@mantine/core';
import { useFleet } from '../../api/console.tsx';
import { firstDraft, firstSuggestion } from '../../drafts/first-draft.ts';
import { useDrafts, useHasNewDraft } from '../../drafts/drafts-context.tsx';
import { navigateTo } from '../../routing/navigate.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { Term } from '../../ui/term.tsx';
import { FleetDrawing } from './fleet-drawing.tsx';
import classes from './empty-list.module.css';

const words = text.clusters.empty.first;

/** What a virtual cluster is, while the list has none. */
export function FirstCluster() {
  return (
    <>
      <FleetDrawing />
      <ol className={classes['steps']}>
        <li>
          {words.fleet} <Term of="template">{words.template}</Term>
        </li>
        <li>
          <Term of="virtual-cluster">{words.cluster}</Term> {words.clusterMeans}
        </li>
        <li>
          {words.rest} <Term of="free-pool">{words.pool}</Term>
        </li>
      </ol>
    </>
  );
}

/** Opens the form filled so that only an ID is left to type; nothing while one is being typed already, or no node is free. */
export function SuggestButton() {
  const { fleet } = useFleet();
  const drafts = useDrafts();
  const hasNewDraft = useHasNewDraft();
  const suggestion = fleet === null ? null : firstSuggestion(fleet.pool);
  if (fleet === null || suggestion === null || hasNewDraft) return null;
  const { pool } = fleet;
  return (
    <Button
      size="xs"
      variant="default"
      className={classes['suggest'] ?? ''}
      onClick={() => {
        drafts.put(firstDraft(pool, suggestion));
        navigateTo(pathTo.create, { keepQuery: true });
      }}
    >
      {words.suggest(suggestion.templateId, suggestion.count)}
    </Button>
  );
}
