import { pathTo, type Route } from '../routing/routes.ts';
import { Link } from '../routing/link.tsx';
import { text } from '../text/text.ts';
import { usePopover } from '../ui/use-popover.ts';
import classes from './shell.module.css';

/** The links to the screens; where the bar is narrow, in a menu. */
export function MainNavigation({ page, search }: { readonly page: Route['page']; readonly search: () => void }) {
  const { place, button, isOpen, toggle, close } = usePopover<HTMLDivElement>();
  const links = [
    ['clusters', pathTo.clusters],
    ['nodes', pathTo.nodes],
    ['usage', pathTo.usage],
    ['plans', pathTo.plans],
    ['journal', pathTo.journal],
  ] as const;
  return (
    <div ref={place} className={classes['navigation']}>
      <button
        ref={button}
        type="button"
        className={`small-button ${classes['menuButton'] ?? ''}`}
        aria-expanded={isOpen}
        aria-controls="main-navigation"
        onClick={toggle}
      >
        {text.shell.openNavigation}
      </button>
      <nav id="main-navigation" aria-label={text.shell.navigation} className={classes['links']} data-open={isOpen}>
        {links.map(([each, href]) => (
          <Link
            key={each}
            href={href}
            className={classes['link']}
            aria-current={page === each ? 'page' : undefined}
            onClick={close}
          >
            {text.shell[each]}
          </Link>
        ))}
        {/* Where the bar has no room for the button. */}
        <button
          type="button"
          className={`${classes['link'] ?? ''} ${classes['searchLink'] ?? ''}`}
          onClick={() => {
            close();
            button.current?.focus();
            search();
          }}
        >
          {text.shell.search}
        </button>
      </nav>
    </div>
  );
}
