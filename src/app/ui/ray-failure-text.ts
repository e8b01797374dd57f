import type { RayState } from '../../contract/rays.ts';
import { raysText as words } from '../text/rays-text.ts';

/** Why nothing is known of a Ray now, in some words. */
export function failureText({ reason, cause }: Extract<RayState, { readonly kind: 'failing' }>): string {
  if (cause?.kind !== 'status') return words.failing[reason];
  return cause.status === 401 || cause.status === 403 ? words.refused : words.status(cause.status);
}
