/** The languages of the page, each by its own name. English is what nobody has to ask for. */
export const languages = { en: 'English', 'zh-CN': '简体中文' } as const;

export type Language = keyof typeof languages;

/** The cookie in which a browser keeps the language that somebody chose. It says nothing else, and the page itself writes it. */
export const LANGUAGE_COOKIE = 'virtual-cluster-console-language';

/** Every language of the page, English first. */
export const languageTags: readonly Language[] = ['en', 'zh-CN'];
