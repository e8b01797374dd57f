import { useId, type KeyboardEvent, type Ref } from 'react';
import { text } from '../../text/text.ts';
import { KindDrawing } from './kind-drawing.tsx';
import { TermMark } from '../../ui/term.tsx';
import classes from './kind-cards.module.css';

interface KindCardsProps {
  readonly inputRef: Ref<HTMLInputElement>;
  readonly name: string;
  readonly divisible: boolean;
  readonly isLocked: boolean;
  readonly onChange: (divisible: boolean) => void;
  readonly onBlur: () => void;
}

/**
 * The choice that Ray never changes later, as two cards with a drawing each. To keyboards and screen readers it is one
 * switch, `Divisible`, which lies over its card; the other card only switches it off.
 */
export function KindCards({ inputRef, name, divisible, isLocked, onChange, onBlur }: KindCardsProps) {
  const words = text.editor.form;
  const id = useId();

  function pressed(event: KeyboardEvent) {
    const to = { ArrowLeft: false, ArrowUp: false, ArrowRight: true, ArrowDown: true }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onChange(to);
  }

  return (
    <div>
      <div className={classes['cards']}>
        <div className={classes['card']} data-chosen={!divisible}>
          <Card divisible={false} title={words.indivisible} effect={words.divisibleOff} />
          <button
            type="button"
            className={classes['over']}
            tabIndex={-1}
            aria-hidden="true"
            disabled={isLocked}
            onClick={() => onChange(false)}
          />
        </div>
        <div className={classes['card']} data-chosen={divisible}>
          <Card divisible title={words.divisible} effect={words.divisibleOn} />
          <input
            ref={inputRef}
            type="checkbox"
            role="switch"
            className={classes['over']}
            name={name}
            aria-checked={divisible}
            aria-label={words.divisible}
            aria-describedby={id}
            checked={divisible}
            disabled={isLocked}
            onChange={(event) => onChange(event.currentTarget.checked)}
            onKeyDown={pressed}
            onBlur={onBlur}
          />
        </div>
      </div>
      <p className="quiet">
        <span id={id}>
          <span className="visually-hidden">{divisible ? words.divisibleOn : words.divisibleOff} </span>
          <b>{words.forGood}</b> {words.divisibleLocked}
        </span>{' '}
        <TermMark of="kind" word={words.divisible} />
      </p>
    </div>
  );
}

function Card({
  divisible,
  title,
  effect,
}: {
  readonly divisible: boolean;
  readonly title: string;
  readonly effect: string;
}) {
  return (
    <div className={classes['content']} aria-hidden="true">
      <KindDrawing divisible={divisible} />
      <span>
        <b className={classes['title']}>{title}</b>
        <span className="quiet">{effect}</span>
      </span>
    </div>
  );
}
