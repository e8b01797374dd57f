import { LOCAL_PERSON } from '../../../contract/auth-method.ts';
import type { Problem } from '../../../contract/problem.ts';
import { describeDenial } from '../../../domain/denial.ts';

/** What the console tells programs, too, who sign in otherwise. */
function message({ problem, detail }: Problem): string {
  switch (problem) {
    case 'sign-in-needed':
      return 'You are signed out. Sign in again by a sign-in link; what you typed is kept.';
    case 'proxy-sign-in-needed':
      return 'You are signed out at the proxy that signs people in. Open the console in a new tab to sign in there; what you typed is kept.';
    default:
      return detail;
  }
}

/** What the console refuses, and who people are to it. English is as the server says it, but for how a person signs in. */
export const problems = {
  message,
  denial: describeDenial,
  localPerson: LOCAL_PERSON,
};
