/**
 * uPlot makes a number format of the browser's language while it is loaded, and throws where that is no language tag, as `C` or
 * `en-US@posix` of a browser that was started without a locale. Such a name is covered; everything else of this page names its
 * language itself. Import it before uPlot.
 */
export function coverInvalidLanguage(navigator: Pick<Navigator, 'language'>): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
  }
}

coverInvalidLanguage(window.navigator);
