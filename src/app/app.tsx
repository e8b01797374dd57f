import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { ConsoleProvider, type ConsoleParts } from './api/console.tsx';
import type { DraftStore } from './editor/draft-store.ts';
import { DraftsProvider } from './editor/drafts.tsx';
import { Shell } from './shell/shell.tsx';
import { cssVariables, theme } from './ui/theme.ts';

/** Never by itself: a paused request would fire later, and a repeated one could surprise. The page looks again by its own clock. */
const queryDefaults = { networkMode: 'always', retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

/** The whole page over its back end. */
export function App({ parts, drafts }: { readonly parts: ConsoleParts; readonly drafts: DraftStore }) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: queryDefaults, mutations: { networkMode: 'always', retry: false } } }),
  );
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={pageNonce}>
      <QueryClientProvider client={client}>
        <ConsoleProvider parts={parts}>
          <DraftsProvider store={drafts}>
            <Shell />
          </DraftsProvider>
        </ConsoleProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** The nonce that the back end gave this page's styles; none under a test. */
function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
