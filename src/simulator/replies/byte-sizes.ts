const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

function scaled(bytes: number): readonly [number, string] {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return [value, units[unit] ?? 'B'];
}

/** Bytes as the state API writes them: `22.957 GiB`, `0.000 B` (fact 16). */
export function stateSize(bytes: number): string {
  const [value, unit] = scaled(bytes);
  return `${value.toFixed(3)} ${unit}`;
}

/** Bytes as the node summary writes them: `19.33GiB`, `0B` (fact 19). */
export function summarySize(bytes: number): string {
  const [value, unit] = scaled(bytes);
  return bytes === 0 ? '0B' : `${value.toFixed(2)}${unit}`;
}
