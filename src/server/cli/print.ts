/** One line to the output. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** One line to stderr. */
export function printError(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** An error in words for people. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : 'for a reason it can not tell';
}
