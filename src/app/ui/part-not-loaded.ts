/** A part of the page whose code could not be loaded. */
export class PartNotLoaded extends Error {}
