/** The words on the screen. A namespace, so that a section comes with the code that reads it instead of before the list. */
export * as text from './en.ts';
