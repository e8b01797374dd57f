import { LOCAL_PERSON } from '../../contract/auth-method.ts';
import { text } from '../text/text.ts';

/** Somebody's name as it is, but for everybody on a console without sign-in. */
export function personText(who: string): string {
  return who === LOCAL_PERSON ? text.problems.localPerson : who;
}
