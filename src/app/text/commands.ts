import { commands as english } from './en/commands.ts';

/** The words of the palette and of the list of keys. Not part of `text`, so that they are loaded when they are needed. */
export const commands: typeof english = english;
