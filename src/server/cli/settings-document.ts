import { commands, fleetFlags } from './commands.ts';
import type { Flags } from './flags.ts';
import { accessDetails, environment, fleetDetails, serveDetails, type SettingDetails } from './setting-details.ts';

/** The parts of an option's help text. */
interface HelpParts {
  readonly text: string;
  readonly variable: string | null;
  readonly defaultText: string | null;
}

/** Takes `(VARIABLE; default …)` and `info (default)` out of help. */
export function readHelp(help: string): HelpParts {
  const marked = / (\w+) \(default\)/.exec(help)?.[1];
  if (marked !== undefined) return { text: help.replace(' (default)', ''), variable: null, defaultText: marked };
  const bracket = [...help.matchAll(/ \(([^()]*)\)/g)].find(([, inner = '']) => /\bdefault\b|^[A-Z_]{2,};/.test(inner));
  if (bracket === undefined) return { text: help, variable: null, defaultText: null };
  const [whole, inner = ''] = bracket;
  const parts = inner.split('; ').filter((part) => part !== 'no default');
  const variable = parts.find((part) => /^[A-Z_]{2,}$/.test(part)) ?? null;
  const at = parts.findIndex((part) => part.startsWith('default'));
  // What stands behind a default belongs to it, except what a zero means.
  const isDefault = (part: string, index: number) => at >= 0 && index >= at && !part.startsWith('0:');
  const defaultText = parts
    .filter(isDefault)
    .join('; ')
    .replace(/^default:? /, '');
  const rest = parts.filter((part, index) => part !== variable && !isDefault(part, index));
  const text = help.replace(whole, rest.length === 0 ? '' : ` (${rest.join('; ')})`);
  return { text, variable, defaultText: defaultText === '' ? null : defaultText };
}

type Details = Readonly<Record<string, SettingDetails & { readonly section?: string }>>;

const cell = (text: string) => text.replaceAll('|', '\\|');

/** Plain text as Markdown shows it: outside of code, nothing is a tag or emphasis. */
const plain = (text: string) =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[<*]/g, '\\$&')))
    .join('`');

function row(name: string, flag: Flags[string], { unit, example, more }: SettingDetails): string {
  const { text, variable, defaultText } = readHelp(flag.help);
  const names = [`\`--${name}${flag.value === undefined ? '' : ` <${flag.value}>`}\``];
  if (variable !== null) names.push(`\`${variable}\``);
  const value = defaultText ?? (flag.type === 'boolean' ? 'off' : 'not set');
  const meaning = `${/[.!]$/.test(text) ? text : `${text}.`}${more === undefined ? '' : ` ${more}`}`;
  const counted = unit !== undefined && /^\d/.test(value) ? `${value} ${unit}` : value;
  return `| ${[names.join('<br>'), plain(counted), plain(meaning), `\`${example}\``].map(cell).join(' | ')} |`;
}

function table(flags: Flags, details: Details, section?: string): string {
  const rows = Object.entries(details).flatMap(([name, detail]) => {
    const flag = flags[name];
    return flag !== undefined && detail.section === section ? [row(name, flag, detail)] : [];
  });
  return ['| option | default | what it does | example |', '|---|---|---|---|', ...rows].join('\n');
}

/** A value of the file of `--config`. */
interface FileKey {
  readonly description?: string | undefined;
}

/** docs/settings.md. `ray`: the keys of one Ray in the file of `--config`; `keys`: its options of the command line. */
export function settingsDocument(ray: Readonly<Record<string, FileKey>>, keys: readonly string[]): string {
  const sections = [...new Set(Object.values(serveDetails).map(({ section }) => section))];
  return `# Settings

Every command, option, environment variable and key of the configuration file. Made of the command table in \`src/server/cli\`; do not edit:
\`npx vitest run src/server/cli --update\` writes it again. \`virtual-cluster-console --help\` prints the same in short.

## Commands

In a clone, \`npm start --\` stands for \`virtual-cluster-console\`.

| \`virtual-cluster-console\` … | what it does |
|---|---|
${Object.values(commands)
  .map(({ usage, summary }) => `| ${usage.map((line) => `\`${cell(line)}\``).join('<br>')} | ${cell(plain(summary))} |`)
  .join('\n')}

## Serving the console

The command line wins over the environment and the file of \`--config\`. A wrong value stops the start with one line that says what is
wrong. Options marked (repeat for more) may be given several times.

${sections.map((section) => `### ${section}\n\n${table(commands.serve.flags, serveDetails, section)}`).join('\n\n')}

\`--help\` and \`--version\` print, and start nothing.

## Tokens and sign-in links

\`token create\`, \`token list\`, \`token withdraw\` and \`sign-in-link\` also take the options above that say which console is meant:
\`--ray-address\`, \`--data-dir\`, \`--config\`, \`--ray\`, and for the link its address. Each example stands behind such a command.

${table(commands.token.flags, accessDetails)}

## Fleet files

Not every command has every option; \`<command> --help\` lists those that it has. The file's format: [fleet-file.md](fleet-file.md).

${table(fleetFlags, fleetDetails)}

## Environment

An empty variable counts as not set.

| variable | what it does |
|---|---|
${Object.entries(environment)
  .map(([name, meaning]) => `| \`${name}\` | ${cell(meaning)} |`)
  .join('\n')}

## The file of --config

YAML, for a console of one or several Rays with names. A wrong key or value is told with its line and column. For editors there is a
[schema](console-file.schema.json); \`deploy/console.yaml\` is an example. Of each Ray below \`rays.<name>\`:

| key | what it holds |
|---|---|
${Object.entries(ray)
  .map(([key, { description = '' }]) => `| \`${key}\` | ${cell(plain(description))} |`)
  .join('\n')}

Beside \`rays\`, any of these options without its dashes; one that may be repeated is a list, one without a value is \`true\`. Paths count
from the folder of the file.

${keys.map((key) => `\`${key}\``).join(', ')}
`;
}
