import { useEffect, useRef } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';
import * as z from 'zod/mini';
import { change, type Change } from '../../contract/change.ts';
import { UndoControl } from '../drafts/undo-control.tsx';
import { useSectionLevel } from '../ui/section-level.tsx';
import { MovedNodes } from './moved-nodes.tsx';
import { replicaSetsText } from './result-text.ts';
import { Link } from '../routing/link.tsx';
import { pathTo } from '../routing/routes.ts';
import { text } from '../text/text.ts';
import { navigateTo } from '../routing/navigate.ts';
import { Notice } from '../ui/notice.tsx';

const state = z.object({ saved: change });

/** The saved change in a history entry's state; null for any other state. */
export function savedChangeIn(historyState: unknown): Change | null {
  return state.safeParse(historyState).data?.saved ?? null;
}

/** Goes from the editor to the saved cluster, which then shows the outcome. */
export function navigateToSavedCluster(saved: Change): void {
  navigateTo(pathTo.cluster(saved.wanted.clusterId), { keepQuery: true, replace: true, state: { saved } });
}

/**
 * What a save came to, on the cluster that it saved, until it is dismissed or left: it lives in the browser's history,
 * beside the address. Nothing when no save led here.
 */
export function SavedNotice({ clusterId }: { readonly clusterId: string }) {
  const saved = savedChangeIn(useHistoryState<unknown>());
  const level = useSectionLevel();
  const heading = useRef<HTMLHeadingElement>(null);
  const isShown =
    saved !== null &&
    saved.wanted.clusterId === clusterId &&
    saved.wanted.kind === 'save' &&
    saved.result?.kind === 'applied';
  const savedId = isShown ? saved.id : null;
  useEffect(() => {
    // After the screen around it has focused its own heading.
    if (savedId !== null) queueMicrotask(() => heading.current?.focus());
  }, [savedId]);
  if (!isShown || saved.wanted.kind !== 'save' || saved.result?.kind !== 'applied') return null;

  const words = text.editor.saved;
  const { wanted, result, moved } = saved;
  const sets = Object.values(wanted.want).every((count) => count === 0)
    ? words.noSets
    : words.sets(replicaSetsText(wanted.want));
  return (
    <Notice
      kind="good"
      level={level}
      headingRef={heading}
      title={saved.wanted.base === null ? words.created(clusterId) : words.saved(clusterId)}
      controls={
        <>
          <UndoControl change={saved} place="result" />
          <Link href={pathTo.onMap(clusterId)}>{text.clusters.menu.showOnMap}</Link>
        </>
      }
      action={{
        label: words.dismiss,
        act: () => navigateTo(pathTo.cluster(clusterId), { keepQuery: true, replace: true }),
      }}
    >
      <p>{sets}</p>
      {result.seen === 'looked' && <p>{words.looked}</p>}
      {moved !== null && <MovedNodes moved={moved} follows />}
      {result.retries > 0 && <p className="quiet">{words.retries(result.retries)}</p>}
    </Notice>
  );
}
