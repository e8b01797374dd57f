import type { CSSProperties } from 'react';
import type { RaysReply } from '../../../contract/rays.ts';
import { raysText as words } from '../../text/rays-text.ts';
import { ScreenHeading } from '../../ui/screen-heading.tsx';
import { RayCard } from './ray-card.tsx';
import classes from './rays.module.css';

/** Every Ray of the console: a card each. */
export function RaysPage({ data, problem }: { readonly data: RaysReply | undefined; readonly problem: string | null }) {
  return (
    <div className={classes['page']}>
      <ScreenHeading takesFocus>{words.title}</ScreenHeading>
      {problem !== null && <p role="alert">{words.failed(problem)}</p>}
      {data === undefined && problem === null && <p className="quiet">{words.loading}</p>}
      {data !== undefined && (
        <ul
          className={`plain-list ${classes['cards'] ?? ''}`}
          aria-label={words.list}
          style={widthFor(data.rays.length)}
        >
          {data.rays.map((ray) => (
            <RayCard key={ray.name} ray={ray} now={data.now} />
          ))}
        </ul>
      )}
    </div>
  );
}

function widthFor(rays: number): CSSProperties & { readonly '--rays': number } {
  return { '--rays': rays };
}
