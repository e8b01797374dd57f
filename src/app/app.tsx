import { MantineProvider } from '@mantine/core';
import { partialMatchKey, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { signedOut } from './api/api-error.ts';
import type { ConsoleParts } from './api/connect-console.ts';
import { ConsoleProvider } from './api/console.tsx';
import { queryKeys } from './api/query-keys.ts';
import type { DraftStore } from './drafts/draft-store.ts';
import { DraftsProvider } from './drafts/drafts-context.tsx';
import { servedPage } from './routing/base-path.ts';
import { Shell } from './shell/shell.tsx';
import { createToastStore } from './ui/toasts/toast-store.ts';
import { ToastsProvider } from './ui/toasts/toasts-context.tsx';
import { cssVariables, theme } from './ui/theme.ts';
import { lazyPart } from './ui/lazy-part.ts';

const RaysScreen = lazyPart(() => import('./shell/rays-screen.tsx'), 'RaysScreen');

/** No automatic retries: a paused request would be sent later, and a repeated one could surprise. The page polls by its own clock. */
const queryDefaults = {
  networkMode: 'always',
  retry: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

/** The whole page. */
export function App({ parts, drafts }: { readonly parts: ConsoleParts; readonly drafts: DraftStore }) {
  const [client] = useState(() => createClient());
  const [toasts] = useState(createToastStore);
  const isAboveRays = servedPage() === 'rays';
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={pageNonce}
    >
      <QueryClientProvider client={client}>
        <ConsoleProvider parts={parts} isLive={!isAboveRays}>
          <DraftsProvider store={drafts}>
            <ToastsProvider store={toasts}>
              {isAboveRays ? (
                <Suspense fallback={null}>
                  <RaysScreen />
                </Suspense>
              ) : (
                <Shell />
              )}
            </ToastsProvider>
          </DraftsProvider>
        </ConsoleProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Any query that fails because nobody is signed in refetches the session, on which every part of the page depends. */
function createClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: { queries: queryDefaults, mutations: { networkMode: 'always', retry: false } },
    queryCache: new QueryCache({
      onError(error, { queryKey }) {
        if (signedOut(error) !== null && !partialMatchKey(queryKey, queryKeys.session))
          void client.invalidateQueries({ queryKey: queryKeys.session });
      },
    }),
  });
  return client;
}

/** The nonce that the back end gave this page's styles; none under a test. */
function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
