/** The languages of the page, each by its own name. English is what nobody has to ask for. */
export const languages = { en: 'English', 'zh-CN': '简体中文' } as const;

export type Language = keyof typeof languages;

/** Every language of the page, English first. */
export const languageTags: readonly Language[] = ['en', 'zh-CN'];

/** The cookie in which a browser keeps the language that somebody chose. It says nothing else, and the page itself writes it. */
export const LANGUAGE_COOKIE = 'virtual-cluster-console-language';

export function isLanguage(name: string): name is Language {
  return Object.hasOwn(languages, name);
}

/** The page's language for a language tag of a browser (BCP 47); null: there is none. */
export function languageOf(tag: string): Language | null {
  if (/^en\b/i.test(tag)) return 'en';
  // Who reads traditional characters is not given simplified ones unasked.
  return /^zh(?:$|-hans\b|-(?:cn|sg|my)$)/i.test(tag) ? 'zh-CN' : null;
}
