import type { Language } from '../../../contract/language.ts';

/** The language of these words, as a browser names it. */
export const language: Language = 'en';
