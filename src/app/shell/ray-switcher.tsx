import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { RayState } from '../../contract/rays.ts';
import { useConsole } from '../api/console.tsx';
import { raysQuery } from '../api/rays-query.ts';
import { rayHref, raysHref } from '../routing/base-path.ts';
import { samePath } from '../routing/same-path.ts';
import { raysText as words } from '../text/rays-text.ts';
import { failureText } from '../ui/ray-failure-text.ts';
import { usePopover } from '../ui/use-popover.ts';
import classes from './ray-switcher.module.css';

/** Which of several Rays is shown, and the way to the others: to the same screen there. */
export function RaySwitcher({ name, pathname }: { readonly name: string; readonly pathname: string }) {
  const { place, button, isOpen, toggle } = usePopover<HTMLDivElement>();
  const listId = useId();
  return (
    <div ref={place} className={classes['place']}>
      <button
        ref={button}
        type="button"
        className={`small-button ${classes['button'] ?? ''}`}
        aria-label={words.choose(name)}
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        onClick={toggle}
      >
        <span className={classes['name']}>{name}</span>
        <span aria-hidden="true">▾</span>
      </button>
      {isOpen && <RayList id={listId} name={name} path={samePath(pathname)} />}
    </div>
  );
}

function RayList({ id, name, path }: { readonly id: string; readonly name: string; readonly path: string }) {
  const { api } = useConsole();
  const { data, error } = useQuery(raysQuery(api));
  return (
    <div id={id} className={`popover ${classes['menu'] ?? ''}`}>
      {error !== null && <p role="alert">{words.failed(error.message)}</p>}
      {data === undefined && error === null && <p className="quiet">{words.loading}</p>}
      <ul className="plain-list">
        {data?.rays.map((ray) => (
          <li key={ray.name}>
            <a
              href={rayHref(ray.name, path)}
              className={classes['ray']}
              aria-current={ray.name === name ? 'true' : undefined}
            >
              <span className={classes['name']}>{ray.name}</span>
              <StateText state={ray.state} isShown={ray.name === name} />
            </a>
          </li>
        ))}
      </ul>
      <a href={raysHref()} className={classes['all']}>
        {words.all}
      </a>
    </div>
  );
}

function StateText({ state, isShown }: { readonly state: RayState; readonly isShown: boolean }) {
  const status = stateText(state);
  if (status === null) return isShown ? <span className="quiet">{words.current}</span> : null;
  return <span className={status.isBad ? classes['bad'] : 'quiet'}>{status.text}</span>;
}

function stateText(state: RayState): { readonly text: string; readonly isBad: boolean } | null {
  switch (state.kind) {
    case 'opening':
    case 'reading':
      return { text: words.state[state.kind], isBad: false };
    case 'not-opened':
      return { text: words.state[state.kind], isBad: true };
    case 'failing':
      return { text: failureText(state), isBad: true };
    case 'read': {
      const { dead, attention } = state.fleet;
      if (dead !== null && dead > 0) return { text: words.dead(dead), isBad: true };
      return attention === 0 ? null : { text: words.attention(attention), isBad: false };
    }
  }
}
