import type { Flags } from './flags.ts';
import { isIP } from 'node:net';
import type { ProxySignIn } from '../../backend/auth/proxy-sign-in.ts';
import { isLoopbackName } from '../../backend/web/hosts.ts';
import type { AccessOptions } from '../auth/sign-in-options.ts';

/** Access options as parsed; undefined: not given. */
export interface AccessValues {
  readonly 'sign-in'?: string | undefined;
  readonly 'no-sign-in'?: boolean | undefined;
  readonly 'idle-hours'?: string | undefined;
  readonly 'session-hours'?: string | undefined;
  readonly 'trusted-proxy'?: string[] | undefined;
  readonly 'user-header'?: string | undefined;
  readonly 'groups-header'?: string | undefined;
  readonly 'viewer-group'?: string[] | undefined;
  readonly 'operator-group'?: string[] | undefined;
}

/** For `parseArgs`, and for help. */
export const accessFlags = {
  'sign-in': {
    type: 'string',
    value: 'way',
    help: 'link: by a sign-in link that is printed · proxy: by a proxy that signs people in · none: nobody is asked, and only this machine is listened to (default: proxy with --trusted-proxy, else link; none over the simulator on this machine)',
  },
  'no-sign-in': { type: 'boolean', help: 'The same as --sign-in none' },
  'idle-hours': {
    type: 'string',
    value: 'number',
    help: 'How long a session lasts when nothing is done in it (default 8)',
  },
  'session-hours': { type: 'string', value: 'number', help: 'How long a session lasts at most (default 24)' },
  'trusted-proxy': {
    type: 'string',
    multiple: true,
    value: 'address',
    help: 'Address, or range as 10.0.0.0/8, of the proxy before the console (repeat for more)',
  },
  'user-header': {
    type: 'string',
    value: 'name',
    help: 'Header in which that proxy names the person (default X-Forwarded-User)',
  },
  'groups-header': {
    type: 'string',
    value: 'name',
    help: 'Header in which it names their groups (default X-Forwarded-Groups)',
  },
  'viewer-group': {
    type: 'string',
    multiple: true,
    value: 'group',
    help: 'Only who is in this group, or is an operator, may look (repeat for more)',
  },
  'operator-group': {
    type: 'string',
    multiple: true,
    value: 'group',
    help: 'Who is in this group may change virtual clusters: all, or as group=team-a-*,team-b those so named (repeat for more)',
  },
} as const satisfies Flags;

const PROXY_ONLY_FLAGS = ['user-header', 'groups-header', 'viewer-group', 'operator-group'] as const;
const HOUR = 3_600_000;

/**
 * Validates how people sign in; or one line that says what is wrong. Beyond loopback the console requires a sign-in, and TLS
 * or a trusted proxy that terminates it.
 */
export function parseAccessOptions(
  values: AccessValues,
  at: { readonly host: string; readonly isSimulated: boolean; readonly hasTls: boolean },
): { readonly ok: true; readonly access: AccessOptions } | { readonly ok: false; readonly message: string } {
  const wrong = (message: string) => ({ ok: false, message }) as const;
  const isLocal = isLoopback(at.host);
  const trustedProxies = values['trusted-proxy'] ?? [];
  const badProxy = trustedProxies.find((each) => !isAddressRange(each));
  if (badProxy !== undefined)
    return wrong(`--trusted-proxy must be an address or a range as 10.0.0.0/8, not "${badProxy}".`);

  if (values['no-sign-in'] === true && values['sign-in'] !== undefined)
    return wrong('--no-sign-in and --sign-in say two things; leave one out.');
  const defaultMethod = trustedProxies.length > 0 ? 'proxy' : at.isSimulated && isLocal ? 'none' : 'link';
  const kind = values['no-sign-in'] === true ? 'none' : (values['sign-in'] ?? defaultMethod);
  if (kind !== 'none' && kind !== 'link' && kind !== 'proxy')
    return wrong(`--sign-in must be link, proxy or none, not "${kind}".`);

  const misplaced = kind === 'proxy' ? undefined : PROXY_ONLY_FLAGS.find((name) => values[name] !== undefined);
  if (misplaced !== undefined)
    return wrong(`--${misplaced} is for a proxy that signs people in; say which with --trusted-proxy <address>.`);
  if (kind === 'proxy' && trustedProxies.length === 0)
    return wrong('--sign-in proxy needs the address of that proxy: --trusted-proxy <address>.');
  if (!isLocal && kind === 'none') {
    return wrong(
      `Others can reach ${at.host}, so the console does not listen there without a sign-in. Leave --no-sign-in out, or listen on this machine alone: --host 127.0.0.1.`,
    );
  }
  if (!isLocal && !at.hasTls && trustedProxies.length === 0) {
    return wrong(
      `Others can reach ${at.host}, so the console does not listen there without TLS. Give it a certificate (--tls-cert and --tls-key), or the address of a proxy before it that has one (--trusted-proxy <address>), or listen on this machine alone: --host 127.0.0.1.`,
    );
  }
  if (kind === 'none') return { ok: true, access: { signIn: { kind }, trustedProxies } };
  if (kind === 'proxy') {
    const proxy = readProxy(values);
    return typeof proxy === 'string' ? wrong(proxy) : { ok: true, access: { signIn: { kind, proxy }, trustedProxies } };
  }
  const idle = hours(values['idle-hours'] ?? '8');
  const absolute = hours(values['session-hours'] ?? '24');
  if (idle === null || absolute === null)
    return wrong('--idle-hours and --session-hours must be numbers of hours, from 0.01 to 8760.');
  return { ok: true, access: { signIn: { kind, times: { idle, absolute } }, trustedProxies } };
}

/** Whether an address to listen on is reachable from this machine only. */
export function isLoopback(host: string): boolean {
  return isLoopbackName(host.toLowerCase());
}

/** Whether a text may be used as a pattern of cluster ids. */
export function isClusterPattern(text: string): boolean {
  return /^[^\p{Cc}\s,]{1,128}$/u.test(text);
}

function readProxy(values: AccessValues): ProxySignIn | string {
  const userHeader = values['user-header'] ?? 'X-Forwarded-User';
  const groupsHeader = values['groups-header'] ?? 'X-Forwarded-Groups';
  const badHeader = [userHeader, groupsHeader].find((each) => !/^[A-Za-z0-9-]{1,64}$/.test(each));
  if (badHeader !== undefined) return `A header's name has letters, digits and - alone, not "${badHeader}".`;
  const operators = (values['operator-group'] ?? []).map((text) => {
    const at = text.indexOf('=');
    return at < 0
      ? { group: text, clusters: null }
      : { group: text.slice(0, at), clusters: text.slice(at + 1).split(',') };
  });
  const viewers = values['viewer-group'] ?? null;
  if (
    [...operators.map(({ group }) => group), ...(viewers ?? [])].some(
      (group) => group.trim() === '' || group.includes(','),
    )
  ) {
    return '--viewer-group and --operator-group must name a group, without commas.';
  }
  const badPattern = operators.flatMap(({ clusters }) => clusters ?? []).find((each) => !isClusterPattern(each));
  if (badPattern !== undefined)
    return `--operator-group names no virtual clusters by "${badPattern}". Write it as group=team-a-*,team-b.`;
  return { userHeader, groupsHeader, viewerGroups: viewers, operatorGroups: operators };
}

function isAddressRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function hours(text: string): number | null {
  const value = /^\d{1,4}(\.\d{1,2})?$/.test(text) ? Number(text) : 0;
  return value >= 0.01 && value <= 8_760 ? value * HOUR : null;
}
