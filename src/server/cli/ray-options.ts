import { isRayName } from '../../domain/ray-name.ts';
import { SIMULATOR, type NamedRay } from '../ray/named-ray.ts';
import type { Flags } from './flags.ts';
import { parseRayAddress } from './ray-address.ts';
import { parseRayDashboardUrl } from './ray-dashboard-url.ts';

export const rayFlags = {
  ray: {
    type: 'string',
    multiple: true,
    value: 'name=url',
    help: 'One of several Rays, as prod=http://host:8265 or lab=simulator: its console is served below /rays/<name>/ (repeat for more)',
  },
  config: {
    type: 'string',
    value: 'file',
    help: 'YAML file with the Rays, with the token, authority and dashboard of each, and with any option here; the command line wins',
  },
} as const satisfies Flags;

/** Options that are of one Ray, and that several have each for itself in the file. */
export const ONE_RAY_FLAGS = ['ray-address', 'ray-ca', 'ray-dashboard-url'] as const;

/** Variables of the environment that are of one Ray. */
const ONE_RAY_VARIABLES = ['RAY_ADDRESS', 'RAY_AUTH_TOKEN', 'RAY_AUTH_TOKEN_PATH'] as const;

/** A Ray as it was written, before it is checked. */
export interface WrittenRay {
  readonly name: string;
  readonly url: string;
  readonly 'token-file'?: string | undefined;
  readonly ca?: string | undefined;
  readonly 'dashboard-url'?: string | undefined;
}

/** Reads `--ray prod=http://host:8265`; or one line that says what is wrong. */
export function readRayFlag(text: string): WrittenRay | string {
  const at = text.indexOf('=');
  if (at < 0) return `--ray must be a name and an address, as prod=http://host:8265, not "${text}".`;
  return { name: text.slice(0, at), url: text.slice(at + 1) };
}

/** Validates several Rays; or one line that says what is wrong. `given`: flags of the command line and variables of the environment. */
export function checkRays(
  written: readonly WrittenRay[],
  given: { readonly flags: readonly string[]; readonly env: Readonly<Record<string, string | undefined>> },
): readonly NamedRay[] | string {
  const flag = ONE_RAY_FLAGS.find((each) => given.flags.includes(each));
  if (flag !== undefined)
    return `--${flag} is for a console of one Ray. Of several, each has its own: --ray <name>=<url>, or the file of --config.`;
  const variable = ONE_RAY_VARIABLES.find((each) => (given.env[each] ?? '') !== '');
  if (variable !== undefined)
    return `${variable} is for a console of one Ray, and it is not told for which of several. Unset it${variable === 'RAY_ADDRESS' ? '' : ', and give each Ray its token-file in the file of --config'}.`;
  const rays: NamedRay[] = [];
  for (const ray of written) {
    const checked = checkRay(ray);
    if (typeof checked === 'string') return checked;
    if (rays.some(({ name }) => name === checked.name)) return `Two Rays are named ${checked.name}.`;
    const twin = rays.find(({ address }) => address !== null && address === checked.address);
    // Two consoles would undo each other's certainty about what was changed through which.
    if (twin !== undefined) return `${twin.name} and ${checked.name} are the same Ray, ${String(twin.address)}.`;
    rays.push(checked);
  }
  return rays;
}

/** At most a line, whatever was written. */
export function badRayName(name: string): string {
  return `A Ray's name has 1 to 32 small letters, digits and - alone, as prod, not ${JSON.stringify(name.slice(0, 60))}.`;
}

/** Validates one Ray; or one line that says what is wrong. */
export function checkRay(ray: WrittenRay): NamedRay | string {
  const { name, url, ca = null, 'token-file': tokenFile = null, 'dashboard-url': dashboard } = ray;
  if (!isRayName(name)) return badRayName(name);
  const isSimulated = url === SIMULATOR;
  const address = isSimulated ? null : parseRayAddress(url);
  if (address !== null && !address.ok) return `${name}: ${address.message}`;
  if (isSimulated && (ca ?? tokenFile ?? dashboard ?? null) !== null)
    return `${name}: the simulator has no token, authority or dashboard.`;
  if (ca !== null && address?.url.startsWith('https:') !== true)
    return `${name}: ca is for a Ray behind TLS: give its address as https://host:8265.`;
  const dashboardUrl = dashboard === undefined ? null : parseRayDashboardUrl(dashboard);
  if (dashboardUrl !== null && !dashboardUrl.ok) return `${name}: ${dashboardUrl.message}`;
  return { name, address: address?.url ?? null, ca, tokenFile, dashboardUrl: dashboardUrl?.url ?? null };
}
