/** A systemd unit: its sections, each key with its values in order. */
export type Unit = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** Parses a unit file more strictly than systemd: throws on an unknown line, a duplicate section, and a key outside of any section. */
export function parseUnit(text: string): Unit {
  const unit = new Map<string, Map<string, string[]>>();
  let section: Map<string, string[]> | null = null;
  text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .forEach((line, index) => {
      const at = `Line ${String(index + 1)}`;
      if (line.trim() === '' || /^[#;]/.test(line)) return;
      const head = /^\[(\w+)\]$/.exec(line);
      if (head !== null) {
        if (unit.has(head[1] ?? '')) throw new Error(`${at}: duplicate section ${line}`);
        section = new Map();
        unit.set(head[1] ?? '', section);
        return;
      }
      const pair = /^([A-Za-z]\w*)=(.*)$/.exec(line);
      if (pair === null) throw new Error(`${at} is not a setting: ${line}`);
      if (section === null) throw new Error(`${at} is outside of any section: ${line}`);
      const [, key = '', value = ''] = pair;
      section.set(key, [...(section.get(key) ?? []), value.trim()]);
    });
  return unit;
}
