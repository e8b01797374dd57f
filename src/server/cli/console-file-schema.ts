import * as z from 'zod/mini';
import { consoleFlags } from './console-flags.ts';
import type { Flags } from './flags.ts';
import { ONE_RAY_FLAGS } from './ray-options.ts';

/** Options that a file can't hold: which file, and what it says of each Ray itself. */
const NOT_IN_FILE: ReadonlySet<string> = new Set(['config', 'ray', ...ONE_RAY_FLAGS]);

/** Options whose values are paths: in a file, from its folder. */
export const PATH_FLAGS: readonly string[] = ['data-dir', 'tls-cert', 'tls-key'];

const described = <S extends z.ZodMiniType>(schema: S, description: string): S => schema.check(z.meta({ description }));
const text = z.string().check(z.minLength(1));

const fileRay = z.strictObject({
  url: described(text, 'http://host:8265, https://gateway/ray-prod, or simulator.'),
  'token-file': z.optional(
    described(text, 'File with the token of a Ray that asks for one, from the folder of this file.'),
  ),
  ca: z.optional(described(text, 'The authority (PEM) of a Ray behind TLS, from the folder of this file.')),
  'dashboard-url': z.optional(described(text, "Where browsers reach Ray's dashboard.")),
});

const flags: Flags = consoleFlags;

/** The options of the command line that the file may hold, by name. */
export const fileFlags = Object.entries(flags).filter(([name]) => !NOT_IN_FILE.has(name));

const shared = Object.fromEntries(
  fileFlags.map(([name, { type, multiple, help }]) => {
    const one = type === 'boolean' ? z.boolean() : z.union([text, z.number()]);
    return [name, z.optional(described(multiple === true ? z.array(text) : one, help))];
  }),
);

/** The file of `--config`: the Rays by name, and options of the command line without their dashes. */
export const consoleFile = z.strictObject({
  rays: described(
    z.record(z.string().check(z.regex(/^[a-z0-9-]{1,32}$/)), fileRay),
    'The Rays by name: 1 to 32 small letters, digits and -.',
  ),
  ...shared,
});

export const RAY_KEYS = Object.keys(fileRay.shape);
export const FILE_KEYS = ['rays', ...fileFlags.map(([name]) => name)];
