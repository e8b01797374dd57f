import { owner } from './en/owner.ts';

/** The words about owners. Not in `text`: they are loaded with the parts that show them, as the list has no need of them. */
export const ownerText: typeof owner = owner;
