import { raysText as english } from './en/rays.ts';

/** The words of the page `Rays` and of the switch between them. Not part of `text`, so that they are loaded when they are needed. */
export const raysText: typeof english = english;
