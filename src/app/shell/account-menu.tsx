import { useId } from 'react';
import type { Session } from '../../contract/session.ts';
import { SignOut } from '../features/session/sign-out.tsx';
import { text } from '../text/text.ts';
import { Keys } from '../ui/keys.tsx';
import { usePopover } from '../ui/use-popover.ts';
import classes from './account-menu.module.css';
import { LanguageButtons } from './language-buttons.tsx';
import { rayText } from './ray-text.ts';
import { ThemeButton } from './theme-button.tsx';

/** Who this is, which Ray it shows, the theme, the language, and the way out: one button at every width. `session`: null before it is known. */
export function AccountMenu({
  session,
  showShortcuts,
}: {
  readonly session: Session | null;
  readonly showShortcuts: () => void;
}) {
  const { place, button, isOpen, toggle, close } = usePopover<HTMLDivElement>();
  const menuId = useId();
  // Without sign-in everybody is the same person.
  const who = session === null || session.via === 'local' ? null : session.who;
  return (
    <div ref={place} className={classes['place']}>
      <button
        ref={button}
        type="button"
        className={`small-button ${classes['button'] ?? ''}`}
        aria-label={text.shell.account(who)}
        aria-expanded={isOpen}
        aria-controls={isOpen ? menuId : undefined}
        onClick={toggle}
      >
        <span className={classes['sign']} aria-hidden="true">
          {who === null ? '☰' : [...who][0]?.toUpperCase()}
        </span>
        {who !== null && <span className={classes['who']}>{who}</span>}
      </button>
      {isOpen && (
        <div id={menuId} className={`popover ${classes['menu'] ?? ''}`}>
          {session !== null && (
            <>
              {who !== null && <p className={classes['line']}>{text.session.signedInAs(who)}</p>}
              <p className={`quiet ${classes['line'] ?? ''}`}>{rayText(session.ray)}</p>
            </>
          )}
          <ThemeButton />
          <LanguageButtons />
          <button
            type="button"
            className="small-button"
            onClick={() => {
              close();
              // So that the dialog gives the focus back to something that is still there.
              button.current?.focus();
              showShortcuts();
            }}
          >
            {text.shell.shortcuts} <Keys of="help" />
          </button>
          {session?.via === 'link' && <SignOut />}
        </div>
      )}
    </div>
  );
}
