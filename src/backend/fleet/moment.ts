/**
 * The earliest time at which something was true: by the clock (ms since 1970), and within one millisecond by a
 * number that grows with every event. A read from Ray's cache counts as earlier than it was made (fact 4).
 */
export interface Moment {
  readonly at: number;
  readonly order: number;
}

export function isLater(a: Moment, b: Moment): boolean {
  return a.at > b.at || (a.at === b.at && a.order > b.order);
}
