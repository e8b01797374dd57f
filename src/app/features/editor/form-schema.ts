import * as z from 'zod/mini';
import { newClusterIdProblems, type ClusterIdProblem } from '../../../domain/cluster-id.ts';
import { parseCount, type CountProblem } from '../../drafts/parse-count.ts';

/** What can be wrong with a new virtual cluster's id. */
export type IdProblem = ClusterIdProblem | 'exists';

const countProblems: readonly CountProblem[] = ['empty', 'not-whole', 'too-large'];
const idProblems: readonly IdProblem[] = [
  'empty',
  'job-separator',
  'primary',
  'too-long',
  'control-character',
  'outer-space',
  'path-dots',
  'braces',
  'exists',
];

/** A field error's message as the problem that it stands for: the words are the screen's. */
export function countProblemOf(message: string | undefined): CountProblem | null {
  return countProblems.find((problem) => problem === message) ?? null;
}

/** The same for the id, of which several things can be wrong at once. */
export function idProblemsOf(message: string | undefined): readonly IdProblem[] {
  const named = message?.split(SEPARATOR) ?? [];
  return idProblems.filter((problem) => named.includes(problem));
}

/** A field has one message: it names all problems. */
const SEPARATOR = ' ';

/** The form's rules. `isNew`: the id is typed, and `isTaken` says whether the page knows a cluster of that id. */
export function formSchema(id: { readonly isNew: boolean; readonly isTaken: (id: string) => boolean }) {
  return z.object({
    typedId: z.string().check((context) => {
      if (!id.isNew) return;
      // Spaces around it are never meant: the field takes them away when it is left.
      const typed = context.value.trim();
      const problems: readonly IdProblem[] = id.isTaken(typed) ? ['exists'] : newClusterIdProblems(typed);
      if (problems.length > 0)
        context.issues.push({ code: 'custom', message: problems.join(SEPARATOR), input: context.value });
    }),
    divisible: z.boolean(),
    fields: z.array(
      z.object({
        templateId: z.string(),
        typed: z.string().check((context) => {
          const parsed = parseCount(context.value);
          if (parsed.kind === 'problem')
            context.issues.push({ code: 'custom', message: parsed.problem, input: context.value });
        }),
      }),
    ),
  });
}
