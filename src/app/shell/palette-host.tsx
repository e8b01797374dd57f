import { useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useFreshness } from '../api/use-freshness.ts';
import { isFailing } from '../api/freshness.ts';
import { useTryNow } from '../api/use-try-now.ts';
import type { ShellEffect } from '../cluster-ui/actions/action.ts';
import { useDrafts } from '../drafts/drafts-context.tsx';
import { Palette } from '../features/palette/palette.tsx';
import type { Route } from '../routing/routes.ts';
import { text } from '../text/text.ts';
import { chooseLanguage } from '../ui/choose-language.ts';
import { nextTheme } from './theme-button.tsx';
import { chosenCluster } from './use-page-keys.ts';

interface PaletteHostProps {
  readonly route: Route;
  /** What was typed for it before it was there. */
  readonly takeEarlyKeys: () => string;
  readonly openSimulation: () => void;
  readonly openShortcuts: () => void;
  readonly close: () => void;
}

/** The palette, with what only the shell can do. */
export function PaletteHost({ route, takeEarlyKeys, openSimulation, openShortcuts, close }: PaletteHostProps) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const drafts = useDrafts();
  const tryNow = useTryNow();
  const freshness = useFreshness();
  // What had the focus when it opened.
  const [chosenId] = useState(() => chosenCluster(route, document.activeElement));

  function call(effect: ShellEffect) {
    switch (effect.kind) {
      case 'theme':
        setColorScheme(nextTheme(colorScheme));
        break;
      case 'language':
        drafts.prepareReload();
        chooseLanguage(effect.language);
        break;
      case 'try-now':
        tryNow.mutate();
        break;
      case 'simulation':
        openSimulation();
        break;
      case 'shortcuts':
        openShortcuts();
    }
  }

  return (
    <Palette
      chosenId={chosenId}
      isFailing={isFailing(freshness)}
      theme={text.shell.theme[colorScheme]}
      takeEarlyKeys={takeEarlyKeys}
      call={call}
      close={close}
    />
  );
}
