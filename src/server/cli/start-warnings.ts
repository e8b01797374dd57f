import type { Options } from './options.ts';

/** Warnings about the options, printed at the start, one line each. */
export function startWarnings({
  access: { signIn },
  rayAddress,
  readOnly,
}: Pick<Options, 'access' | 'rayAddress' | 'readOnly'>): readonly string[] {
  if (signIn.kind === 'none' && rayAddress !== null) {
    return [
      `Warning: everybody who uses this machine may ${readOnly ? 'see' : 'change'} the virtual clusters, since nobody is asked to sign in.`,
    ];
  }
  if (signIn.kind === 'proxy' && signIn.proxy.operatorGroups.length === 0 && !readOnly) {
    return ['Nobody whom the proxy signs in may change anything: say who may with --operator-group <group>.'];
  }
  return [];
}
