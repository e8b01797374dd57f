import { useEffect, type KeyboardEvent, type RefObject } from 'react';
import type { FleetUpdate } from '../../../contract/fleet.ts';
import { shownValue } from '../../../domain/sourced.ts';
import { whyDeadNotCounted } from '../../node-ui/dead-count.ts';
import { text } from '../../text/text.ts';
import { SourcedValue } from '../../ui/sourced-value.tsx';
import { isShortcut } from '../../ui/keyboard-shortcut.ts';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { asOfText } from '../../ui/time-text.ts';
import { Explained } from '../../ui/explained.tsx';
import { sortColumns, type ListQuery, type NodesFilter } from './list-query.ts';
import classes from './list-toolbar.module.css';

const words = text.clusters.filter;
const kinds = ['all', 'divisible', 'indivisible'] as const;

interface ListToolbarProps {
  readonly query: ListQuery;
  readonly change: (to: Partial<ListQuery>, how?: 'typed') => void;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly shown: number;
  /** All virtual clusters; null before any were read. */
  readonly all: number | null;
  readonly nodeCounts: FleetUpdate['nodeCounts'] | null;
  /** Of the dead nodes at least those that virtual clusters hold. */
  readonly knownDead: number;
  /** Whether this person may change some virtual clusters and not others. */
  readonly hasMine: boolean;
  /** What happens to dead nodes; null where a row says it. */
  readonly deadHelp: string | null;
}

/** The list's filters, sort and counts. */
export function ListToolbar(props: ListToolbarProps) {
  const { query, change, input, hasMine } = props;
  useSlashKey(input);

  function keyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Escape' && query.filter !== '') {
      // Escape clears the filter first, and closes nothing.
      event.preventDefault();
      change({ filter: '' }, 'typed');
    }
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('[data-row-link]')?.focus();
    }
  }

  return (
    <div className={`actions-row ${classes['toolbar'] ?? ''}`} role="search" aria-label={words.label}>
      <span className={`screen-only ${classes['search'] ?? ''}`}>
        <input
          ref={input}
          type="text"
          className={`native-field ${classes['input'] ?? ''}`}
          aria-label={words.label}
          aria-keyshortcuts={words.key}
          placeholder={words.placeholder}
          autoComplete="off"
          spellCheck={false}
          value={query.filter}
          onChange={(event) => change({ filter: event.currentTarget.value }, 'typed')}
          onKeyDown={keyDown}
        />
        <kbd className={classes['key']} aria-hidden="true">
          {words.key}
        </kbd>
      </span>
      <SegmentedControl
        name="kind"
        label={words.kind}
        keys={kinds}
        words={words.kinds}
        value={query.kind}
        onChange={(kind) => change({ kind })}
      />
      <label className={`choice ${classes['toggle'] ?? ''}`}>
        <input type="checkbox" checked={query.inUse} onChange={() => change({ inUse: !query.inUse })} />
        {words.inUse}
      </label>
      <label className={`choice ${classes['toggle'] ?? ''}`}>
        <input type="checkbox" checked={query.deadNodes} onChange={() => change({ deadNodes: !query.deadNodes })} />
        {words.deadNodes}
      </label>
      {hasMine && (
        <label className={`choice ${classes['toggle'] ?? ''}`} title={words.mineTitle}>
          <input type="checkbox" checked={query.mine} onChange={() => change({ mine: !query.mine })} />
          {words.mine}
        </label>
      )}
      {query.nodes !== null && <NodesChip nodes={query.nodes} onRemove={() => change({ nodes: null })} />}
      <span className={`screen-only ${classes['sort'] ?? ''}`}>
        <span className={classes['sortLabel']} aria-hidden="true">
          {text.clusters.sortBy}
        </span>
        <SelectField
          aria-label={text.clusters.sortBy}
          value={query.sort.column}
          data={sortColumns.map((value) => ({ value, label: text.clusters.columns[value] }))}
          onChange={(event) => {
            const column = sortColumns.find((each) => each === event.currentTarget.value);
            if (column !== undefined) change({ sort: { column, descending: query.sort.descending } });
          }}
        />
        <button
          type="button"
          className={`native-field ${classes['direction'] ?? ''}`}
          aria-label={query.sort.descending ? text.clusters.descending : text.clusters.ascending}
          title={query.sort.descending ? text.clusters.descending : text.clusters.ascending}
          onClick={() => change({ sort: { ...query.sort, descending: !query.sort.descending } })}
        >
          <span aria-hidden="true">{query.sort.descending ? '↓' : '↑'}</span>
        </button>
      </span>
      <Counts {...props} />
    </div>
  );
}

/** The filter that a part of the overview's bars has set; it is removed with one click. */
function NodesChip({ nodes, onRemove }: { readonly nodes: NodesFilter; readonly onRemove: () => void }) {
  const name = text.overview.filtered(nodes.part, nodes.templateId);
  return (
    <button
      type="button"
      className={`choice ${classes['chip'] ?? ''}`}
      aria-label={text.overview.removeFilter(name)}
      title={text.overview.removeFilter(name)}
      onClick={onRemove}
    >
      <span className={classes['chipName']}>{name}</span>
      <span aria-hidden="true"> ×</span>
    </button>
  );
}

function Counts({
  shown,
  all,
  nodeCounts,
  knownDead,
  deadHelp,
}: Pick<ListToolbarProps, 'shown' | 'all' | 'nodeCounts' | 'knownDead' | 'deadHelp'>) {
  const words = text.clusters.counts;
  const total = nodeCounts?.total ?? null;
  const dead = nodeCounts?.dead ?? null;
  const whyNotCounted = whyDeadNotCounted(nodeCounts);
  const asOf = total === null || total.known ? undefined : total.last?.at;
  // What is known last may be of a fleet that Ray still listed whole.
  const isSome = whyNotCounted !== null || (dead !== null && (shownValue(dead)?.value ?? 1) > 0);
  const isDeadShown = dead !== null && isSome && (total?.known === true || dead.known);
  return (
    <p className={classes['counts']}>
      <span role="status">{all !== null && words.clusters(shown, all)}</span>
      {all !== null && total !== null && (
        <>
          {' · '}
          {!total.known && total.last === undefined && `${words.nodesUnknown} `}
          <SourcedValue fact={total}>{words.nodes}</SourcedValue>
        </>
      )}
      {all !== null && dead !== null && (isDeadShown || (asOf !== undefined && (shownValue(dead)?.value ?? 0) > 0)) && (
        <>
          {' · '}
          {whyNotCounted !== null ? (
            <Explained why={whyNotCounted} className="unknown">
              {words.deadNotCounted(knownDead)}
            </Explained>
          ) : (
            <>
              {!dead.known && dead.last === undefined && `${words.deadUnknown} `}
              <SourcedValue fact={dead}>
                {(value) => (
                  <Explained why={deadHelp} className={classes['dead']}>
                    {words.dead(value)}
                    <span aria-hidden="true"> ×</span>
                  </Explained>
                )}
              </SourcedValue>
            </>
          )}
        </>
      )}
      {all !== null && asOf !== undefined && <span className={classes['asOf']}> · {asOfText(asOf)}</span>}
    </p>
  );
}

/** `/` focuses the filter, unless something is being typed. */
function useSlashKey(input: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent) => {
      const isInDialog = event.target instanceof HTMLElement && event.target.matches('[role="dialog"] *');
      if (!isShortcut(event, words.key) || event.defaultPrevented || isInDialog) return;
      // A hidden list does not take the focus; then the key is left alone.
      input.current?.focus();
      if (input.current === null || document.activeElement !== input.current) return;
      event.preventDefault();
      input.current.select();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [input]);
}
