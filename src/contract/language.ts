import table from './languages.json' with { type: 'json' };

/**
 * The languages of the page, English first, which is what nobody has to ask for: each by its own name, the folder of its words in
 * `src/app/text`, and its page beside `index.html`. In JSON, so that `scripts` can read it, too.
 */
export const languages = table satisfies Readonly<Record<string, { name: string; words: string; page: string }>>;

export type Language = keyof typeof languages;

/** Every language of the page, English first. */
export const languageTags: readonly Language[] = Object.keys(languages).filter(isLanguage);

/** The cookie in which a browser keeps the language that somebody chose. It says nothing else, and the page itself writes it. */
export const LANGUAGE_COOKIE = 'virtual-cluster-console-language';

/** Whose browser gets each, by its language tag (BCP 47). */
const readers: Readonly<Record<Language, RegExp>> = {
  en: /^en\b/i,
  // Readers of traditional characters do not get simplified ones by default.
  'zh-CN': /^zh(?:$|-hans\b|-(?:cn|sg|my)$)/i,
};

export function isLanguage(name: string): name is Language {
  return Object.hasOwn(languages, name);
}

/** The page's language for a language tag of a browser (BCP 47); null: there is none. */
export function languageOf(tag: string): Language | null {
  return languageTags.find((language) => readers[language].test(tag)) ?? null;
}

/** What a page can be switched to. */
export function languagesBeside(language: Language): readonly Language[] {
  return languageTags.filter((each) => each !== language);
}
