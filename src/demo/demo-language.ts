import { isLanguage, languageOf, languageTags, type Language } from '../contract/language.ts';

/** The folder of a language's page, in that of the English one. */
const folderOf = (language: Language) => (language === 'en' ? '' : `${language}/`);

/** The same place in a language: each has a folder of files. `href`: the browser's location. */
export function pageIn(language: Language, href: string): string {
  const url = new URL(href);
  const here = url.pathname.replace(/[^/]*$/, '');
  const own = languageTags.map(folderOf).find((folder) => folder !== '' && here.endsWith(`/${folder}`)) ?? '';
  url.pathname = here.slice(0, here.length - own.length) + folderOf(language);
  return url.href;
}

/** The language that a browser asks for, where nobody chose one: its first that there is. */
export function browserLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const language = languageOf(tag);
    if (language !== null) return language;
  }
  return 'en';
}

const KEY = 'virtual-cluster-console/demo-language';

/** The language that somebody chose, kept by the browser: no server reads a cookie here. Without storage, nobody chose. */
export function languageChoice(storage: () => Pick<Storage, 'getItem' | 'setItem'>): {
  readonly get: () => Language | null;
  readonly put: (language: Language) => void;
} {
  return {
    get() {
      try {
        const kept = storage().getItem(KEY);
        return kept !== null && isLanguage(kept) ? kept : null;
      } catch {
        return null;
      }
    },
    put(language) {
      try {
        storage().setItem(KEY, language);
      } catch {
        // The page still goes where it was sent.
      }
    },
  };
}
