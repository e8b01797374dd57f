import { useEffect, useEffectEvent, useId, useRef, type ReactNode } from 'react';
import { text } from '../../../../text/text.ts';
import { isTyping } from '../../../../ui/keyboard-shortcut.ts';
import classes from './side-card.module.css';
import { Icon } from '../../../../ui/icon.tsx';

interface SideCardProps {
  readonly title: string;
  /** Stands beside the title. */
  readonly beside?: ReactNode;
  readonly foot: ReactNode;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** Details in the pane beside the map, never above its nodes. Escape closes it. */
export function SideCard({ title, beside, foot, close, children }: SideCardProps) {
  const headingId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const onEscape = useEffectEvent(close);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isTyping(event.target)) onEscape();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
  return (
    <section className={classes['card']} aria-labelledby={headingId}>
      <header className={classes['head']}>
        <h2 id={headingId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {beside}
        <button
          type="button"
          className={`icon-button ${classes['close'] ?? ''}`}
          aria-label={text.map.card.close}
          title={text.map.card.close}
          onClick={close}
        >
          <Icon of="close" />
        </button>
      </header>
      {children}
      {foot !== null && foot !== false && <footer className={classes['foot']}>{foot}</footer>}
    </section>
  );
}
