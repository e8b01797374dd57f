import { demo } from '../app/text/en/demo.ts';
import { language } from '../app/text/en/language.ts';
import './demo.css';
import { browserLanguage, languageChoice, pageIn } from './demo-language.ts';
import { hashLocation } from './hash-location.ts';
import { lineFetch } from './line-fetch.ts';
import { eventSourceOver } from './line-event-source.ts';
import { answerLinks } from './links.ts';
import type { FromWorker } from './messages.ts';

const place = window.document.location;
// As a server would choose, for who comes for the first time.
const wanted = languageChoice(() => window.localStorage).get() ?? browserLanguage(navigator.languages);
if (wanted !== language) place.replace(pageIn(wanted, place.href));

/** Puts a console into the page's own hands: what it asks of its server, a worker answers. */
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
const fetch = lineFetch({
  post: (message) => worker.postMessage(message),
  listen: (callBack) =>
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      callBack(data);
    }),
});
Object.assign(globalThis, {
  fetch,
  EventSource: eventSourceOver(fetch),
  pageLocation: hashLocation(place),
});
// Each tab has a console of its own, so none may listen to another's updates.
Reflect.deleteProperty(globalThis, 'BroadcastChannel');
Reflect.deleteProperty(Navigator.prototype, 'locks');
answerLinks(document, fetch);

const mark = document.getElementById('demo');
mark?.append(Object.assign(document.createElement('strong'), { textContent: demo.name }), ` ${demo.about}`);

// Loaded only now, as it begins to ask at once. Not awaited: its scripts import this one's.
void import('../app/main.tsx');
