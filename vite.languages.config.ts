import type { Plugin } from 'vite';
import { isLanguage, languages, type Language } from './src/contract/language.ts';

/** The language that a build is for: that of `--mode zh-CN`, or English in every other mode. */
export function languageOfMode(mode: string): Language {
  return isLanguage(mode) ? mode : 'en';
}

/** Puts the words of a language, such as `src/app/text/zh`, wherever the page imports those of `src/app/text/en`: a file each, of the same name. */
export function wordsOf(language: Language): Plugin[] {
  if (language === 'en') return [];
  return [
    {
      name: `words-of-${language}`,
      enforce: 'pre',
      resolveId: {
        filter: { id: /\/en(?:\/|\.ts$)/ },
        async handler(source, importer, options) {
          const english = await this.resolve(source, importer, { ...options, skipSelf: true });
          if (english === null) return null;
          const { words } = languages[language];
          return { ...english, id: english.id.replace(/(\/src\/app\/text\/)en(?=\/|\.ts$)/, `$1${words}`) };
        },
      },
    },
  ];
}
