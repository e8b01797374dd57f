import { useRef, useState } from 'react';
import { denialReason, readOnlyReason } from '../../api/denial-reason.ts';
import { useConsole, useFleet, useSession } from '../../api/console.tsx';
import { fleetEpochOf } from '../../api/fleet-version.ts';
import type { PageFleet } from '../../api/page-fleet.ts';
import { navigateTo } from '../../routing/navigate.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { Link } from '../../routing/link.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ScreenHeading } from '../../ui/screen-heading.tsx';
import { useEscape } from '../../ui/use-escape.ts';
import type { Draft, DraftStore } from '../../drafts/draft-store.ts';
import { editDraft, newDraft, restoreDraft, withListedTemplates } from '../../drafts/draft.ts';
import { useDrafts } from '../../drafts/drafts-context.tsx';
import { EditorForm } from './editor-form.tsx';
import { EditorHeader } from './editor-header.tsx';
import classes from './editor.module.css';

/** Creates a virtual cluster (`clusterId` null) or edits one, in the panel's place. */
export function Editor({ clusterId }: { readonly clusterId: string | null }) {
  const { fleet, error } = useFleet();
  const [round, setRound] = useState(0);
  const storedDraft = useDrafts().get(clusterId);
  // Before Ray's list was read its content is not known; a draft has its own base.
  const isReady =
    fleet !== null &&
    (storedDraft !== null || clusterId === null || fleet.sources.list.readAt !== null || fleet.readOnly !== null);
  const [isOpened, setIsOpened] = useState(false);
  if (isReady && !isOpened) setIsOpened(true);
  // An open editor stays open when the console restarts.
  if (fleet !== null && (isReady || isOpened))
    return <OpenEditor key={round} clusterId={clusterId} fleet={fleet} onReset={() => setRound(round + 1)} />;
  return (
    <article className={classes['editor']} aria-label={titleOf(clusterId)}>
      <div className={classes['inner']}>
        <ScreenHeading takesFocus>{titleOf(clusterId)}</ScreenHeading>
        {error === null ? <p>{text.shell.loading}</p> : <Notice kind="bad" title={error.message} />}
      </div>
    </article>
  );
}

interface OpenEditorProps {
  readonly clusterId: string | null;
  readonly fleet: PageFleet;
  readonly onReset: () => void;
}

/** The starting state is fixed when the editor opens; later changes of the fleet do not affect it. */
function OpenEditor({ clusterId, fleet, onReset }: OpenEditorProps) {
  const drafts = useDrafts();
  const { clock } = useConsole();
  const session = useSession();
  const open = () => opening(clusterId, fleet, drafts, clock.now());
  const [opened, setOpened] = useState(open);
  // A cluster that was just created, or the first templates, may reach the page a moment later.
  const isEmptyYet = opened !== null && clusterId === null && !opened.isRestored && opened.draft.fields.length === 0;
  const again = opened === null || isEmptyYet ? open() : null;
  if (again !== null && (opened === null || (!again.isRestored && again.draft.fields.length > 0))) setOpened(again);
  if (opened === null) return <Missing clusterId={clusterId ?? ''} />;
  const saveDenial =
    fleet.readOnly === 'list-unreadable'
      ? text.editor.gate.listUnreadable
      : session === null
        ? null
        : clusterId === null
          ? readOnlyReason(session)
          : denialReason(session, clusterId);
  // A form without fields starts over when the first templates are known; any other keeps its starting state.
  return (
    <EditorForm
      key={isEmptyYet ? 'empty' : 'opened'}
      start={opened.draft}
      isRestored={opened.isRestored}
      fleet={fleet}
      mayNotWrite={saveDenial}
      onRestart={onReset}
    />
  );
}

interface Opening {
  readonly draft: Draft;
  readonly isRestored: boolean;
}

function opening(clusterId: string | null, fleet: PageFleet, drafts: DraftStore, now: number): Opening | null {
  const kept = drafts.get(clusterId);
  if (kept !== null) return { draft: withListedTemplates(restoreDraft(kept), fleet.pool), isRestored: true };
  if (clusterId === null) return { draft: newDraft(fleet.pool), isRestored: false };
  const cluster = fleet.clusters.get(clusterId);
  return cluster === undefined
    ? null
    : {
        draft: withListedTemplates(editDraft(cluster, now, fleetEpochOf(fleet.version)), fleet.pool),
        isRestored: false,
      };
}

function Missing({ clusterId }: { readonly clusterId: string }) {
  const words = text.editor.missing;
  const editor = useRef<HTMLElement>(null);
  const close = () => navigateTo(pathTo.clusters, { keepQuery: true });
  useEscape(editor, close);
  return (
    <article ref={editor} className={classes['editor']} aria-label={words.title(clusterId)}>
      <div className={classes['inner']}>
        <EditorHeader takesFocus title={words.title(clusterId)} closeLabel={text.editor.close} close={close} />
        <p>{words.detail}</p>
        <p>
          <Link href={pathTo.clusters} keepQuery>
            {words.list}
          </Link>
        </p>
      </div>
    </article>
  );
}

function titleOf(clusterId: string | null): string {
  return clusterId === null ? text.editor.titleNew : text.editor.titleEdit(clusterId);
}
