import { languages, languagesBeside } from '../../contract/language.ts';
import { useDrafts } from '../drafts/drafts-context.tsx';
import { text } from '../text/text.ts';
import { chooseLanguage } from '../ui/choose-language.ts';

/** Switches to each of the other languages: named by themselves, so that who needs one can read it. */
export function LanguageButtons() {
  const drafts = useDrafts();
  return languagesBeside(text.language).map((language) => (
    <button
      key={language}
      type="button"
      className="small-button"
      lang={language}
      onClick={() => {
        drafts.prepareReload();
        chooseLanguage(language);
      }}
    >
      <span aria-hidden="true">文 </span>
      {languages[language].name}
    </button>
  ));
}
