/** Thrown when a guarantee of the console is violated. */
export class InvariantViolation extends Error {}
