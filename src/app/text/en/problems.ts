import { LOCAL_PERSON } from '../../../contract/auth-method.ts';
import type { Problem } from '../../../contract/problem.ts';
import { describeDenial } from '../../../domain/denial.ts';

/** What the console refuses, and who people are to it. English is as the server says it. */
export const problems = {
  said: ({ detail }: Problem) => detail,
  denial: describeDenial,
  localPerson: LOCAL_PERSON,
};
