import type { Options } from './options.ts';

/** Warnings about the options, printed at the start, one line each. */
export function startWarnings({
  access: { signIn },
  rayAddress,
  rays,
  readOnly,
}: Pick<Options, 'access' | 'rayAddress' | 'rays' | 'readOnly'>): readonly string[] {
  const isReal = rays === undefined ? rayAddress !== null : rays.some(({ address }) => address !== null);
  if (signIn.kind === 'none' && isReal) {
    return [
      `Warning: everybody who uses this machine may ${readOnly ? 'see' : 'change'} the virtual clusters, since nobody is asked to sign in.`,
    ];
  }
  if (signIn.kind === 'proxy' && signIn.proxy.operatorGroups.length === 0 && !readOnly) {
    return ['Nobody whom the proxy signs in may change anything: say who may with --operator-group <group>.'];
  }
  return [];
}
