#!/usr/bin/env node
import { join } from 'node:path';

/** What a failure says when the process may open no more files: the loader's, the system's, and that of a native library. */
const OUT_OF_DESCRIPTORS = /EMFILE|ENFILE|too many open files/i;

// Loaded only here: with few file descriptors already loading fails, which must be reported in words.
try {
  const { runCommandLine } = await import('./command-line.ts');
  const exitCode = await runCommandLine(process.argv.slice(2), join(import.meta.dirname, '..', 'app'));
  if (exitCode !== null) process.exitCode = exitCode;
} catch (error) {
  if (!(error instanceof Error && OUT_OF_DESCRIPTORS.test(error.message))) throw error;
  process.stderr.write(
    `The console can't start: this process may open too few files (${error.message.split('\n', 1)[0] ?? ''}). Raise the limit before the start: ulimit -n 4096 (in a systemd unit: LimitNOFILE=4096).\n`,
  );
  process.exitCode = 2;
}
