import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { consoleFile, fileFlags } from './console-file-schema.ts';
import { consoleFlags } from './console-flags.ts';
import { parseOptions } from './options.ts';
import { environment, serveDetails } from './setting-details.ts';
import { readHelp, settingsDocument } from './settings-document.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const names = Object.keys(serveDetails).filter((name): name is keyof typeof serveDetails =>
  Object.hasOwn(serveDetails, name),
);

test('docs/settings.md is made of the command table; `npx vitest run src/server/cli --update` writes it again', async () => {
  const schema = z
    .object({
      properties: z.object({
        rays: z.object({
          additionalProperties: z.object({
            properties: z.record(z.string(), z.object({ description: z.optional(z.string()) })),
          }),
        }),
      }),
    })
    .parse(z.toJSONSchema(consoleFile, { io: 'input' }));
  const { properties } = schema.properties.rays.additionalProperties;
  const keys = fileFlags.map(([name]) => name);
  await expect(settingsDocument(properties, keys)).toMatchFileSnapshot(join(root, 'docs', 'settings.md'));
});

test.each([
  [
    'Port to listen on (PORT; default 8600; 0: any that is free)',
    { text: 'Port to listen on (0: any that is free)', variable: 'PORT', defaultText: '8600' },
  ],
  ['Path, as /vc/ (default /)', { text: 'Path, as /vc/', variable: null, defaultText: '/' }],
  ['The Ray (RAY_ADDRESS; no default)', { text: 'The Ray', variable: 'RAY_ADDRESS', defaultText: null }],
  [
    'A way (default: link; none on this machine)',
    { text: 'A way', variable: null, defaultText: 'link; none on this machine' },
  ],
  ['One of debug, info (default), warn', { text: 'One of debug, info, warn', variable: null, defaultText: 'info' }],
  ['Change nothing', { text: 'Change nothing', variable: null, defaultText: null }],
])('help is taken apart: %s', (help, parts) => {
  expect(readHelp(help)).toEqual(parts);
});

test.each(names.filter((name) => name !== 'config'))('the example of --%s starts a console', (name) => {
  const { example } = serveDetails[name];
  expect(example).toContain(`--${name}`);
  expect(parseOptions(example.split(' '), {})).toMatchObject({ kind: 'start' });
});

test('the example of --config starts a console', () => {
  const [flag = '', file = ''] = serveDetails.config.example.split(' ');
  expect(parseOptions([flag, join(root, file)], {})).toMatchObject({ kind: 'start' });
});

test('a default that is a number, a level or an address is the one that the console starts with', () => {
  const values = names.flatMap((name) => {
    const { defaultText } = readHelp(consoleFlags[name].help);
    return defaultText !== null && /^[\w./-]+$/.test(defaultText) && defaultText !== 'none' && !name.endsWith('-header')
      ? [`--${name}`, defaultText]
      : [];
  });
  expect(values.length).toBeGreaterThan(16);
  // What is for sign-in and the simulator needs no Ray.
  const signIn = ['--sign-in', 'link'];
  expect(parseOptions([...signIn, ...values], {})).toEqual(parseOptions(signIn, {}));
});

test('the variables of the environment are those that the code reads', () => {
  const read = readdirSync(join(root, 'src', 'server'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => [
      ...readFileSync(join(root, 'src', 'server', name), 'utf8').matchAll(
        /(?:env\[|fromEnv\(|IN_IMAGE = )'([A-Z_]{2,})'/g,
      ),
    ])
    .map(([, name]) => name ?? '');
  expect([...new Set(read)].toSorted()).toEqual(Object.keys(environment).toSorted());
});
