import { LANGUAGE_COOKIE, type Language } from '../../contract/language.ts';
import { raysHref } from '../routing/base-path.ts';

const YEAR_SECONDS = 365 * 24 * 3600;

/** Reloads the page in a language, which the browser remembers. `DraftStore` restores what was typed. */
export function chooseLanguage(language: Language): void {
  // The server reads it: it sends the page in this language from its first byte on, of every Ray of this console.
  document.cookie = `${LANGUAGE_COOKIE}=${language}; Path=${raysHref()}; Max-Age=${String(YEAR_SECONDS)}; SameSite=Strict`;
  window.location.reload();
}
