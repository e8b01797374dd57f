import { dataFolder, journalPath, rayDataDir } from './storage/journal-path.ts';
import type { Options } from './cli/options.ts';

/** One Ray of a console, and where what is kept of it lies. */
export interface RayPlace {
  /** Among several; null: it is the only one. */
  readonly name: string | null;
  /** Null for the bundled simulator. */
  readonly rayAddress: string | null;
  readonly rayCa: string | null;
  /** Left out: the token is found as Ray's own tools find it. */
  readonly rayTokenFile?: string | null;
  readonly rayDashboardUrl: string | null;
  readonly seed: number;
  readonly scenario: string | null;
  /** The file of its journal; null: in memory. */
  readonly file: string | null;
}

/** The Rays of a console. Throws as `journalPath`. */
export function rayPlaces(
  options: Options,
  env: Readonly<Record<string, string | undefined>>,
): readonly [RayPlace, ...RayPlace[]] {
  const { rays = [], dataDir, rayAddress, rayCa, rayDashboardUrl, seed, scenario } = options;
  const [first, ...more] = rays.map((ray, index): RayPlace => {
    // A simulator's journal is in memory, unless a folder was named.
    const isInMemory = ray.address === null && dataDir === null;
    const folder = isInMemory ? null : rayDataDir(dataFolder(dataDir, env), ray.name);
    return {
      name: ray.name,
      rayAddress: ray.address,
      rayCa: ray.ca,
      rayTokenFile: ray.tokenFile,
      rayDashboardUrl: ray.dashboardUrl,
      // So that two simulators are two fleets.
      seed: (seed + index) % 2 ** 32,
      scenario,
      file: folder === null ? null : journalPath({ rayAddress: ray.address, dataDir: folder }, env),
    };
  });
  const only = { name: null, rayAddress, rayCa, rayDashboardUrl, seed, scenario };
  return first === undefined ? [{ ...only, file: journalPath(options, env) }] : [first, ...more];
}
