import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { useFleet, useSession } from '../../api/console.tsx';
import { runAction, type ActionTools } from '../../cluster-ui/actions/run-action.ts';
import { useDuplicate } from '../../cluster-ui/actions/use-duplicate.ts';
import { useDraftIds } from '../../drafts/drafts-context.tsx';
import { consoleOrigin } from '../../routing/base-path.ts';
import { commands } from '../../text/commands.ts';
import { text } from '../../text/text.ts';
import { OverlayDialog } from '../../ui/overlay-dialog.tsx';
import { useClipboardStatus } from '../../ui/use-clipboard-status.ts';
import { arrangeEntries, type ShownGroup } from './arrange-entries.ts';
import { DuplicateQuestion } from './duplicate-question.tsx';
import { EntryOption } from './entry-option.tsx';
import { nodeEntries, paletteEntries, type Entry } from './palette-entries.ts';
import classes from './palette.module.css';
import { recentEntries, rememberEntry } from './recent-entries.ts';
import { useNamedNodes } from './use-named-nodes.ts';
import { useRayActions } from './use-ray-actions.ts';
import { Icon } from '../../ui/icon.tsx';

const words = commands.palette;

interface PaletteProps {
  /** The virtual cluster that is open or has the focus; null for none. */
  readonly chosenId: string | null;
  /** The console can't read Ray now. */
  readonly isFailing: boolean;
  readonly theme: string;
  /** What was typed for it before its field had the focus. */
  readonly takeEarlyKeys: () => string;
  readonly call: ActionTools['call'];
  readonly close: () => void;
}

/** Finds virtual clusters, nodes, jobs, pages and actions by a few letters. What would change something asks elsewhere first. */
export function Palette({ chosenId, isFailing, theme, takeEarlyKeys, call, close }: PaletteProps) {
  const { fleet } = useFleet();
  const session = useSession();
  const unsavedIds = useDraftIds();
  const clipboard = useClipboardStatus();
  const { hasNewDraft, duplicate, openKept } = useDuplicate();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const [recent] = useState(recentEntries);
  const listId = useId();
  const clusters = fleet?.clusters;
  const rays = useRayActions();

  const all = useMemo(
    () =>
      paletteEntries({
        clusters: clusters?.values() ?? [],
        session,
        origin: consoleOrigin(),
        chosenId,
        unsavedIds,
        isFailing,
        theme,
        rays,
      }),
    [clusters, session, chosenId, unsavedIds, isFailing, theme, rays],
  );
  const named = useNamedNodes(typed);
  const groups = useMemo(
    () => arrangeEntries(typed, all, nodeEntries(named.nodes), recent),
    [typed, all, named.nodes, recent],
  );
  const shown = groups.flatMap(({ entries }) => entries);
  const at = Math.min(active, Math.max(0, shown.length - 1));
  const optionId = (index: number) => `${listId}-${String(index)}`;
  function choose({ key, action }: Entry) {
    if (action.refusal !== null) return;
    const { effect } = action;
    rememberEntry(key);
    if (effect.kind === 'copy') {
      // Stays open, to say whether it worked.
      void clipboard.copy(effect.value);
      return;
    }
    if (effect.kind === 'duplicate') {
      const cluster = clusters?.get(effect.clusterId);
      if (cluster === undefined) return;
      if (hasNewDraft) {
        setAskedFor(cluster.id);
        return;
      }
      close();
      duplicate(cluster);
      return;
    }
    close();
    runAction(effect, { call });
  }

  function pressed(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      setActive((at + step + shown.length) % shown.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const entry = shown[at];
      if (entry !== undefined) choose(entry);
    } else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      close();
    }
  }

  const asked = askedFor === null ? undefined : clusters?.get(askedFor);
  if (asked !== undefined) {
    const then = (run: (cluster: VirtualCluster) => void) => () => {
      close();
      run(asked);
    };
    return <DuplicateQuestion replace={then(duplicate)} openKept={then(openKept)} close={close} />;
  }
  return (
    <OverlayDialog title={words.title} isBare close={close}>
      <div className={classes['field']}>
        <input
          type="text"
          role="combobox"
          className={classes['input']}
          aria-label={words.title}
          aria-expanded={shown.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={shown.length > 0 ? optionId(at) : undefined}
          placeholder={words.placeholder}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          data-autofocus
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setActive(0);
            clipboard.reset();
          }}
          onFocus={() => {
            const early = takeEarlyKeys();
            if (early !== '') setTyped((later) => early + later);
          }}
          onKeyDown={pressed}
        />
        <button
          type="button"
          className={`icon-button ${classes['close'] ?? ''}`}
          aria-label={text.shell.close}
          onClick={close}
        >
          <Icon of="close" />
        </button>
      </div>
      <div id={listId} role="listbox" aria-label={words.results} className={classes['list']}>
        {groups.map(({ group, entries }) => (
          <div key={group} role="group" aria-label={groupName(group, chosenId)}>
            <div className={classes['group']} aria-hidden="true">
              {groupName(group, chosenId)}
            </div>
            {entries.map((entry) => {
              const index = shown.indexOf(entry);
              return (
                <EntryOption
                  key={entry.key}
                  id={optionId(index)}
                  entry={entry}
                  isActive={index === at}
                  onPoint={() => setActive(index)}
                  onChoose={() => choose(entry)}
                />
              );
            })}
          </div>
        ))}
      </div>
      <p role="status" className={classes['status']}>
        {clipboard.status ?? statusOf(typed, shown.length, named.failure)}
      </p>
    </OverlayDialog>
  );
}

function groupName(group: ShownGroup['group'], chosenId: string | null): string {
  return group === 'here' && chosenId !== null ? words.hereOf(readableClusterId(chosenId)) : words.group[group];
}

function statusOf(typed: string, count: number, failure: string | null): string {
  if (failure !== null) return words.nodesFailed(failure);
  if (typed.trim() === '') return words.hint;
  return count === 0 ? words.none(typed.trim()) : words.found(count);
}
