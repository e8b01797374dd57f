import type { CSSProperties } from 'react';
import type { RaysReply } from '../../../contract/rays.ts';
import { raysText as words } from '../../text/rays-text.ts';
import { ScreenHeading } from '../../ui/screen-heading.tsx';
import { RayCard } from './ray-card.tsx';
import classes from './rays.module.css';

interface RaysPageProps {
  readonly data: RaysReply | undefined;
  readonly problem: string | null;
  /** The Ray that was asked for; null for none. */
  readonly asked: string | null;
}

/** Every Ray of the console: a card each. Of one that was asked for and is not there it says so. */
export function RaysPage({ data, problem, asked }: RaysPageProps) {
  return (
    <div className={classes['page']}>
      <ScreenHeading takesFocus>{words.title}</ScreenHeading>
      {problem !== null && <p role="alert">{words.failed(problem)}</p>}
      {asked !== null && data !== undefined && !data.rays.some(({ name }) => name === asked) && (
        <p role="status">{words.missing(asked)}</p>
      )}
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
