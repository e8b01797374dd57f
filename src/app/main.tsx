import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/VisuallyHidden.css';
import '@mantine/core/styles/Loader.css';
import '@mantine/core/styles/ActionIcon.css';
import '@mantine/core/styles/Button.css';
import '@mantine/core/styles/Input.css';
import './ui/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { randomUuid } from './browser-ids.ts';
import { sessionStorageOrNull } from './browser-storage.ts';
import { prefetchingFetch } from './preload.ts';
import { createApi } from './api/client.ts';
import { browserLiveUpdateParts } from './api/browser-live-updates.ts';
import { createDraftStore } from './drafts/draft-store.ts';
import { trackActivity } from './features/session/activity-tracker.ts';
import { consoleOrigin } from './routing/base-path.ts';
import { text } from './text/text.ts';

// The development server has one page for all languages.
document.documentElement.lang = text.language;

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const parts = {
  api: createApi(prefetchingFetch, consoleOrigin(), trackActivity(window)),
  clock: {
    now: () => Date.now(),
    after(ms: number, callBack: () => void) {
      const timer = setTimeout(callBack, ms);
      return () => clearTimeout(timer);
    },
  },
  ids: randomUuid,
  stream: browserLiveUpdateParts(),
};

createRoot(root).render(
  <StrictMode>
    <App parts={parts} drafts={createDraftStore(sessionStorageOrNull())} />
  </StrictMode>,
);
