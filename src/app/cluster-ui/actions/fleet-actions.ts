import type { Session } from '../../../contract/session.ts';
import { languages, languagesBeside } from '../../../contract/language.ts';
import { text } from '../../text/text.ts';
import { action, type Action } from './action.ts';
import { createAction } from './page-actions.ts';

/** What concerns no single virtual cluster. `isFailing`: the console can't read Ray now. */
export function fleetActions(session: Session | null, isFailing: boolean): readonly Action[] {
  return [
    createAction(session),
    ...(isFailing ? [action('try-now', text.outage.tryNow, { kind: 'try-now' })] : []),
    ...(session?.ray.simulated === true ? [action('simulation', text.shell.simulation, { kind: 'simulation' })] : []),
    action('theme', text.shell.changeTheme, { kind: 'theme' }),
    ...languagesBeside(text.language).map((language) =>
      action(`language-${language}`, text.joins.labelled(text.shell.language, languages[language].name), {
        kind: 'language',
        language,
      }),
    ),
    action('shortcuts', text.shell.shortcuts, { kind: 'shortcuts' }, { shortcut: 'help' }),
  ];
}
