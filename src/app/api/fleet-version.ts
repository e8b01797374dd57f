/** A version is `epoch-n`. Numbers are comparable only within an epoch: each start of the console, and each Ray, has its own. */
export function fleetEpochOf(version: string): string {
  return parseFleetVersion(version).epoch;
}

export function parseFleetVersion(version: string): { readonly epoch: string; readonly n: number } {
  const at = version.lastIndexOf('-');
  return { epoch: version.slice(0, at), n: Number(version.slice(at + 1)) };
}
