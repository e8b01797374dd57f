import type { Language } from '../contract/language.ts';
import { languageChoice, pageIn } from './demo-language.ts';

/**
 * Stands in for `src/app/ui/choose-language.ts` (see `vite.demo.config.ts`): no server reads a cookie here, and each language has a
 * folder of its own.
 */
export function chooseLanguage(language: Language): void {
  const place = window.document.location;
  languageChoice(() => window.localStorage).put(language);
  place.assign(pageIn(language, place.href));
}
