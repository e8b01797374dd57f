/** How many hues the palette has for virtual clusters: told apart by the colour-blind, too, by their lightness. */
export const HUES = 7;
const SHAPES = ['circle', 'square', 'diamond', 'triangle', 'ring', 'bar', 'cross'] as const;
export type CardShape = (typeof SHAPES)[number];

export interface CardLook {
  /** Of the palette; `HUES` is the free pool's own. */
  readonly hue: number;
  /** Stands before the title, as there are more virtual clusters than hues. */
  readonly shape: CardShape;
}

/** The look of a holder's card, the same in every tab and at any time. */
export function lookOf(clusterId: string | null): CardLook {
  if (clusterId === null) return { hue: HUES, shape: 'ring' };
  const hash = hashOf(clusterId);
  return { hue: hash % HUES, shape: SHAPES[Math.floor(hash / HUES) % SHAPES.length] ?? 'circle' };
}

/** FNV-1a, with its bits mixed, as the ids of virtual clusters often differ in their last digit only. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
