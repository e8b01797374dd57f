/** Strokes in a box of 16 × 16: what system fonts have no glyph for, or only an uneven one. */
const drawings = {
  calendar: 'M2 3.5h12v10.5h-12zM2 7h12M5.5 1.5v3.5M10.5 1.5v3.5',
  check: 'M2.5 8.5l3.5 3.5 7.5-8',
  close: 'M3 3l10 10M13 3L3 13',
  copy: 'M7.25 5.75h5.5a1.5 1.5 0 0 1 1.5 1.5v5.5a1.5 1.5 0 0 1-1.5 1.5h-5.5a1.5 1.5 0 0 1-1.5-1.5v-5.5a1.5 1.5 0 0 1 1.5-1.5zM10.25 3.25v-.5a1 1 0 0 0-1-1h-6.5a1 1 0 0 0-1 1v6.5a1 1 0 0 0 1 1h.5',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  left: 'M10 3L5 8l5 5',
  right: 'M6 3l5 5-5 5',
  up: 'M3 10l5-5 5 5',
  down: 'M3 6l5 5 5-5',
  minus: 'M3 8h10',
  onMap: 'M2 2h4.5v4.5h-4.5zM9.5 2h4.5v4.5h-4.5zM2 9.5h4.5v4.5h-4.5zM9.5 9.5h4.5v4.5h-4.5zM10.5 12h2.5M11.75 10.5v3',
  plus: 'M8 3v10M3 8h10',
} as const;

type IconName = keyof typeof drawings;

/** A small drawing in the colour of the text beside it. It says nothing to screen readers: what it stands in has a name. */
export function Icon({ of, size = 14 }: { readonly of: IconName; readonly size?: 12 | 14 | 16 }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      <path d={drawings[of]} />
    </svg>
  );
}
