/** The base path of one Ray of several, below that of the console; both with `/` at both ends. */
export function rayPath(basePath: string, name: string): string {
  return name === '' ? `${basePath}rays/` : `${basePath}rays/${name}/`;
}
