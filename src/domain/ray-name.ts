/** The name of a Ray among several: part of URLs, of folders, of patterns and of metrics. */
const RAY_NAME = /^[a-z0-9-]{1,32}$/;

export function isRayName(text: string): boolean {
  return RAY_NAME.test(text);
}
