import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import { signedOut } from '../api/api-error.ts';
import { useConsole } from '../api/console.tsx';
import { raysQuery } from '../api/rays-query.ts';
import { RaysPage } from '../features/rays/rays-page.tsx';
import { SignOut } from '../features/session/sign-out.tsx';
import { withBasePath, withoutBasePath } from '../routing/base-path.ts';
import { navigateTo } from '../routing/navigate.ts';
import { raysText } from '../text/rays-text.ts';
import { text } from '../text/text.ts';
import classes from './rays-screen.module.css';
import { LanguageButtons } from './language-buttons.tsx';
import shell from './shell.module.css';
import { ThemeButton } from './theme-button.tsx';
import { lazyPart } from '../ui/lazy-part.ts';

const SignInScreen = lazyPart(() => import('../features/session/sign-in-screen.tsx'), 'SignInScreen');

/** The page above several Rays: the sign-in for all, and a card each. */
export function RaysScreen() {
  const { api } = useConsole();
  const path = withoutBasePath(usePathname());
  const isAtLink = path === '/sign-in';
  const { data, error } = useQuery(raysQuery(api));
  const how = signedOut(error);
  const isIn = data !== undefined && how === null;
  useEffect(() => {
    document.title = [how === null && !isAtLink ? raysText.title : text.titles.signIn, text.shell.name].join(
      text.shell.titles.separator,
    );
  }, [how, isAtLink]);
  // There is one screen here, whatever was asked for. The path of a Ray stays, so that a reload finds one that has started meanwhile.
  const asked = rayIn(path);
  useEffect(() => {
    if (!isAtLink && asked === null && path !== '/') navigateTo('/', { replace: true });
  }, [isAtLink, asked, path]);
  if (isAtLink || how !== null)
    return (
      <Suspense fallback={null}>
        <SignInScreen how={how ?? 'by-link'} isAtLink={isAtLink} isIn={isIn} />
      </Suspense>
    );
  return (
    <div className={shell['shell']}>
      <a href="#content" className={shell['skip']}>
        {text.shell.skip}
      </a>
      <header className={shell['bar']}>
        <a href={withBasePath('/')} className={shell['name']}>
          <img src={withBasePath('/icon.svg')} width="20" height="20" alt="" />
          <span className={classes['name']}>{text.shell.name}</span>
        </a>
        <div className={`${shell['right']} ${classes['actions']}`}>
          {data !== undefined && data.via !== 'local' && <span className={classes['who']}>{data.who}</span>}
          <LanguageButtons />
          <ThemeButton />
          {data?.via === 'link' && <SignOut />}
        </div>
      </header>
      <main id="content" tabIndex={-1} className={shell['content']}>
        <RaysPage data={data} problem={error?.message ?? null} asked={asked} />
      </main>
    </div>
  );
}

/** The name of the Ray whose path this is; null for any other path. */
function rayIn(path: string): string | null {
  return /^\/rays\/([^/]+)(?:\/|$)/.exec(path)?.[1] ?? null;
}
