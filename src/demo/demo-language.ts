import type { language } from '../app/text/en/language.ts';

type Language = typeof language;

/** The folder of the Chinese page, in that of the English one. */
const CHINESE = 'zh-CN/';

/** The same place in a language: each has a folder of files. `href`: the browser's location. */
export function pageIn(language: Language, href: string): string {
  const url = new URL(href);
  const folder = url.pathname.replace(/[^/]*$/, '').replace(new RegExp(`${CHINESE}$`), '');
  url.pathname = language === 'zh-CN' ? folder + CHINESE : folder;
  return url.href;
}

/** The language that a browser asks for, where nobody chose one: its first that there is. */
export function browserLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    if (/^en\b/i.test(tag)) return 'en';
    // Who reads traditional characters is not given simplified ones unasked.
    if (/^zh(?:$|-hans\b|-(?:cn|sg|my)$)/i.test(tag)) return 'zh-CN';
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
        return kept === 'en' || kept === 'zh-CN' ? kept : null;
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
