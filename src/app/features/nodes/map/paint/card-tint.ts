/** The opacity of a card's hue below its cells: text on it keeps its contrast. */
export const TINT_OPACITY = 0.08;
