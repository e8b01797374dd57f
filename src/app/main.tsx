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
import { prefetchingFetch } from './preload.ts';
import { createApi } from './api/client.ts';
import { browserLiveUpdateParts } from './api/browser-live-updates.ts';
import { createDraftStore } from './drafts/draft-store.ts';
import { trackActivity } from './features/session/activity-tracker.ts';
import { basePath, consoleOrigin } from './routing/base-path.ts';

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
  // Not randomUUID: browsers keep that from pages that come over plain HTTP by a name.
  ids: () => uuidOf(crypto.getRandomValues(new Uint8Array(16))),
  stream: browserLiveUpdateParts(),
};

createRoot(root).render(
  <StrictMode>
    <App parts={parts} drafts={createDraftStore(sessionStorageOrNull())} />
  </StrictMode>,
);

function uuidOf(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte, index) => {
    const value = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return value.toString(16).padStart(2, '0');
  });
  return [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)]
    .map((part) => part.join(''))
    .join('-');
}

/** Reading the property itself throws where storage is forbidden. Consoles below other paths of this host have their own. */
function sessionStorageOrNull(): Pick<Storage, 'getItem' | 'setItem'> | null {
  try {
    const storage = window.sessionStorage;
    const keyOf = (key: string) => (basePath() === '/' ? key : basePath() + key);
    return {
      getItem: (key) => storage.getItem(keyOf(key)),
      setItem: (key, value) => storage.setItem(keyOf(key), value),
    };
  } catch {
    return null;
  }
}
