/** Options of the command line, by name: for `parseArgs` of Node, and for help. */
export type Flags = Readonly<
  Record<
    string,
    {
      readonly type: 'string' | 'boolean';
      readonly multiple?: true;
      /** What stands for its value in help; left out: it has none. */
      readonly value?: string;
      /** `(VARIABLE; default …)` names its variable of the environment and its default. */
      readonly help: string;
    }
  >
>;

const WIDTH = 120;
const COLUMN = 28;

/** The lines of help for options. */
export function flagsHelp(flags: Flags): string {
  return Object.entries(flags)
    .map(([name, { value, help }]) => row(`  --${name}${value === undefined ? '' : ` <${value}>`}`, help))
    .join('\n');
}

/** A name and what is said of it, the latter in a column of its own. */
export function row(name: string, text: string): string {
  const lines = wrap(text, WIDTH - COLUMN);
  const head = name.length < COLUMN ? [name.padEnd(COLUMN) + (lines.shift() ?? '')] : [name];
  return [...head, ...lines.map((line) => ' '.repeat(COLUMN) + line)].join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
