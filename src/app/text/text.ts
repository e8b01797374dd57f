import { en } from './en.ts';

/** Every word on the screen. A second language is another object of this shape. */
export type Text = typeof en;

export const text: Text = en;
