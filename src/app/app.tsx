import { MantineProvider } from '@mantine/core';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { signedOut } from './api/api-error.ts';
import { ConsoleProvider, type ConsoleParts } from './api/console.tsx';
import type { DraftStore } from './drafts/draft-store.ts';
import { DraftsProvider } from './drafts/drafts-context.tsx';
import { Shell } from './shell/shell.tsx';
import { cssVariables, theme } from './ui/theme.ts';

/** Never by itself: a paused request would fire later, and a repeated one could surprise. The page looks again by its own clock. */
const queryDefaults = {
  networkMode: 'always',
  retry: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

/** The whole page over its back end. */
export function App({ parts, drafts }: { readonly parts: ConsoleParts; readonly drafts: DraftStore }) {
  const [client] = useState(() => createClient());
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={pageNonce}
    >
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

/** Whatever part of the page hears first that nobody is signed in any more has the session asked, which says so to all. */
function createClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: { queries: queryDefaults, mutations: { networkMode: 'always', retry: false } },
    queryCache: new QueryCache({
      onError(error, { queryKey }) {
        if (signedOut(error) !== null && queryKey[0] !== 'session')
          void client.invalidateQueries({ queryKey: ['session'] });
      },
    }),
  });
  return client;
}

/** The nonce that the back end gave this page's styles; none under a test. */
function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
