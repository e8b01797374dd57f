import { languages } from '../../contract/language.ts';
import { useDrafts } from '../drafts/drafts-context.tsx';
import { chooseLanguage, otherLanguage } from '../ui/choose-language.ts';

/** Switches the language: named by itself, so that who needs it can read it. */
export function LanguageButton() {
  const drafts = useDrafts();
  const other = otherLanguage();
  return (
    <button
      type="button"
      className="small-button"
      lang={other}
      onClick={() => {
        drafts.prepareReload();
        chooseLanguage(other);
      }}
    >
      <span aria-hidden="true">文 </span>
      {languages[other]}
    </button>
  );
}
