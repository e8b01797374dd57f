import { help as english } from './en/help.ts';

/** What hard words mean. Not part of `text`, so that it is loaded when somebody asks. */
export const help: Readonly<Record<keyof typeof english, string>> = english;
export type TermName = keyof typeof english;
