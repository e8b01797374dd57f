import { isLanguage, LANGUAGE_COOKIE, languageOf, type Language } from '../../contract/language.ts';

/** The language of the page that a request gets: the one that was chosen; else the browser's first that there is; else English. */
export function pageLanguage(headers: Headers): Language {
  return chosenLanguage(headers.get('Cookie') ?? '') ?? preferredLanguage(headers.get('Accept-Language') ?? '') ?? 'en';
}

function chosenLanguage(cookies: string): Language | null {
  const chosen = cookies
    .split(/; */)
    .find((each) => each.startsWith(`${LANGUAGE_COOKIE}=`))
    ?.slice(LANGUAGE_COOKIE.length + 1);
  return chosen !== undefined && isLanguage(chosen) ? chosen : null;
}

/** Of `zh-CN,zh;q=0.9,en;q=0.8`, the first that there is. More than a few are nobody's. */
function preferredLanguage(accepted: string): Language | null {
  const ranges = accepted
    .slice(0, 500)
    .split(',')
    .map((each) => {
      const [tag = '', ...parameters] = each.trim().split(/\s*;\s*/);
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight);
  for (const { tag } of ranges) {
    const language = languageOf(tag);
    if (language !== null) return language;
  }
  return null;
}
