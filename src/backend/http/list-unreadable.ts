/** Why nothing is written while the list of virtual clusters can't be read (fact 26). */
export const LIST_UNREADABLE =
  "This Ray's list of virtual clusters can't be read, so the console can't tell what a write would do. It only shows what else is known.";
