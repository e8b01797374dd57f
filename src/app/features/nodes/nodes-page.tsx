import { useState, type ReactNode } from 'react';
import { useSearch } from 'wouter/use-browser-location';
import { MapScreen } from './map/map-screen.tsx';
import { readNodesView, type NodesView } from '../../routing/nodes-view.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { Link } from '../../routing/link.tsx';
import { navigateTo } from '../../routing/navigate.ts';
import { ScreenHeading } from '../../ui/screen-heading.tsx';
import { usePageShortcut } from '../../ui/use-page-shortcut.ts';
import { NodesTable } from './table/nodes-table.tsx';
import classes from './nodes-page.module.css';

/** All nodes as a map or as a table; `t` switches between the two. `events`: shown beside the map. */
export function NodesPage({ events }: { readonly events: ReactNode }) {
  const view = readNodesView(useSearch());
  const [wasKey, setWasKey] = useState(false);
  usePageShortcut('t', () => {
    setWasKey(true);
    navigateTo(pathOf(view === 'map' ? 'table' : 'map'));
  });

  const heading = (
    <div className={classes['head']}>
      <ScreenHeading takesFocus={!wasKey}>{text.nodes.title}</ScreenHeading>
      <nav className={classes['views']} aria-label={text.map.view.label}>
        {(['map', 'table'] as const).map((each) => (
          <Link
            key={each}
            className="choice segment"
            href={pathOf(each)}
            aria-current={each === view ? 'page' : undefined}
          >
            {text.map.view[each]}
          </Link>
        ))}
      </nav>
    </div>
  );
  return (
    <div className={classes['page']} data-view={view}>
      {view === 'map' ? (
        <MapScreen heading={heading} takesFocus={wasKey} events={events} />
      ) : (
        <>
          {heading}
          <NodesTable takesFocus={wasKey} />
        </>
      )}
    </div>
  );
}

/** The search text survives a change of view; parameters that only one view knows do not. */
function pathOf(view: NodesView): string {
  const q = new URLSearchParams(window.location.search).get('q');
  const params = new URLSearchParams({ ...(view === 'table' ? { view } : {}), ...(q === null ? {} : { q }) });
  const query = params.toString();
  return query === '' ? pathTo.nodes : `${pathTo.nodes}?${query}`;
}
