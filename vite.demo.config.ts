import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { languages, type Language } from './src/contract/language.ts';
import { languageOfMode, wordsOf } from './vite.languages.config.ts';

/**
 * Builds the console as files that need no server of their own: `npm run build:demo` makes dist/demo in English, and a folder in
 * it for each other language, such as `zh-CN` with `--mode zh-CN`. The page switches between them (`src/demo/choose-language.ts`).
 */
export default defineConfig(({ mode }) => {
  const language = languageOfMode(mode);
  const folder = join(import.meta.dirname, 'dist', 'demo');
  return {
    root: join(import.meta.dirname, 'src', 'demo'),
    publicDir: join(import.meta.dirname, 'public'),
    // Any folder of any host.
    base: './',
    plugins: [react(), iconBesideThePage(), ownLanguageChoice(), ...wordsOf(language), pageOf(language)],
    define: {
      // The page's place stands behind the `#` of the browser's location: see src/demo/hash-location.ts.
      'window.location': 'globalThis.pageLocation',
      'location.pathname': 'globalThis.pageLocation.pathname',
      'location.search': 'globalThis.pageLocation.search',
    },
    worker: { format: 'es' as const },
    build: {
      outDir: language === 'en' ? folder : join(folder, language),
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 800,
    },
  };
});

/** What stands in the page before its scripts run, as the console's own page says it in a language: its title, and the first sentence of what it needs. */
function pageOf(language: Language): Plugin {
  const said = (of: Language) => {
    const html = readFileSync(join(import.meta.dirname, languages[of].page), 'utf8');
    const [, title, needs] = /(<title>.*<\/title>)[^]*(<noscript>.*?[.。])/.exec(html) ?? [];
    if (title === undefined || needs === undefined)
      throw new Error(`${languages[of].page} lacks a title or a sentence.`);
    return { title, needs };
  };
  const [english, own] = [said('en'), said(language)];
  return {
    name: 'page-of-language',
    transformIndexHtml: (html) =>
      html
        .replace('<html lang="en">', `<html lang="${language}">`)
        .replace(english.title, own.title)
        .replace(english.needs, own.needs),
  };
}

/** Puts the demonstration's way to choose a language in the place of the page's, which a server would answer. */
function ownLanguageChoice(): Plugin {
  return {
    name: 'own-language-choice',
    enforce: 'pre',
    resolveId: {
      filter: { id: /\/ui\/choose-language\.ts$/ },
      handler: () => join(import.meta.dirname, 'src', 'demo', 'choose-language.ts'),
    },
  };
}

/** The page's paths are no files here, but its icon is one. */
function iconBesideThePage(): Plugin {
  let changed = 0;
  return {
    name: 'icon-beside-the-page',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/src/app/') || !code.includes(`withBasePath('/icon.svg')`)) return null;
      changed += 1;
      return { code: code.replaceAll(`withBasePath('/icon.svg')`, `'./icon.svg'`), map: null };
    },
    buildEnd(error) {
      if (error === undefined && changed === 0) throw new Error('No icon of the page was found.');
    },
  };
}
