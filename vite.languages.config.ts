import type { Plugin } from 'vite';

/** Puts the words of `src/app/text/zh` wherever the page imports those of `src/app/text/en`: a file each, of the same name. */
export function chineseWords(): Plugin {
  return {
    name: 'chinese-words',
    enforce: 'pre',
    resolveId: {
      filter: { id: /\/en(?:\/|\.ts$)/ },
      async handler(source, importer, options) {
        const english = await this.resolve(source, importer, { ...options, skipSelf: true });
        if (english === null) return null;
        return { ...english, id: english.id.replace(/(\/src\/app\/text\/)en(?=\/|\.ts$)/, '$1zh') };
      },
    },
  };
}
