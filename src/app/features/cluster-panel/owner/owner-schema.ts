import * as z from 'zod/mini';
import {
  checkProfile,
  profileFields,
  profileProblems,
  type ProfileProblem,
} from '../../../../domain/cluster-profile.ts';
import { fromTyped } from '../../../drafts/profile-draft.ts';

/** A field error's message as the problem that it stands for: the words are the screen's. */
export function profileProblemOf(message: string | undefined): ProfileProblem | null {
  return profileProblems.find((problem) => problem === message) ?? null;
}

const fields = { owner: z.string(), contact: z.string(), purpose: z.string(), link: z.string(), labels: z.string() };

/** The form's rules: those of the back end, each problem at its field. */
export const ownerSchema = z.object(fields).check((context) => {
  const checked = checkProfile(fromTyped(context.value));
  if (checked.ok) return;
  for (const field of profileFields) {
    const message = checked.problems[field];
    if (message !== undefined)
      context.issues.push({ code: 'custom', message, input: context.value[field], path: [field] });
  }
});
