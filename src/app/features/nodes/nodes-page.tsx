import { useEffect, useState } from 'react';
import { useSearch } from 'wouter/use-browser-location';
import { MapScreen } from './map/map-screen.tsx';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { navigateTo, Link } from '../../routing/link.tsx';
import { isShortcut } from '../../ui/keyboard-shortcut.ts';
import { ScreenHeading } from '../../ui/screen-heading.tsx';
import { NodesTable } from './table/nodes-table.tsx';
import classes from './nodes-page.module.css';

type View = 'map' | 'table';

/** All nodes, drawn or as a table: the same content, one key (`t`) away from each other. */
export function NodesPage() {
  const view: View = new URLSearchParams(useSearch()).get('view') === 'table' ? 'table' : 'map';
  const [wasKey, setWasKey] = useState(false);
  useEffect(() => {
    function pressed(event: KeyboardEvent): void {
      if (!isShortcut(event, 't')) return;
      event.preventDefault();
      setWasKey(true);
      navigateTo(pathOf(view === 'map' ? 'table' : 'map'));
    }
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [view]);

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
        <MapScreen heading={heading} takesFocus={wasKey} />
      ) : (
        <>
          {heading}
          <NodesTable takesFocus={wasKey} />
        </>
      )}
    </div>
  );
}

/** What is looked for stays when the view changes; what only one of them knows does not. */
function pathOf(view: View): string {
  const q = new URLSearchParams(window.location.search).get('q');
  const params = new URLSearchParams({ ...(view === 'table' ? { view } : {}), ...(q === null ? {} : { q }) });
  const query = params.toString();
  return query === '' ? pathTo.nodes : `${pathTo.nodes}?${query}`;
}
