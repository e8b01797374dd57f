import { fleetFile } from './en/fleet-file.ts';

/** The words of the page of fleet files. Not in `text`: they are loaded with the page. */
export const fleetFileText: typeof fleetFile = fleetFile;
