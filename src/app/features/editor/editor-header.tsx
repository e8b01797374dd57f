import { ScreenHeading } from '../../ui/screen-heading.tsx';
import { useSideBySide } from '../../ui/use-side-by-side.ts';
import classes from './editor.module.css';

interface EditorHeaderProps {
  readonly title: string;
  readonly takesFocus: boolean;
  readonly closeLabel: string;
  readonly close: () => void;
}

/** The editor's title and the button that closes it. */
export function EditorHeader({ title, takesFocus, closeLabel, close }: EditorHeaderProps) {
  const isBeside = useSideBySide();
  return (
    <header className={classes['header']}>
      <ScreenHeading level={isBeside ? 2 : 1} takesFocus={takesFocus}>
        {title}
      </ScreenHeading>
      <button
        type="button"
        className={`icon-button ${classes['close'] ?? ''}`}
        aria-label={closeLabel}
        title={closeLabel}
        onClick={close}
      >
        ×
      </button>
    </header>
  );
}
