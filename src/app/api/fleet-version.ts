/** A version is `epoch-n`. Numbers are comparable only within an epoch: each start of the console, and each Ray, has its own. */
export function fleetEpochOf(version: string): string {
  return parseFleetVersion(version).epoch;
}

/** The version of the node map that belongs to a fleet. */
export function mapVersionOf({ version, map }: { readonly version: string; readonly map: number }): string {
  return `${fleetEpochOf(version)}-${String(map)}`;
}

export function parseFleetVersion(version: string): { readonly epoch: string; readonly n: number } {
  const at = version.lastIndexOf('-');
  return { epoch: version.slice(0, at), n: Number(version.slice(at + 1)) };
}
