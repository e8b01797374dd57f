import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runAccessCommand } from '../../src/server/cli/access-command.ts';
import { createSystemClock } from '../../src/server/system-clock.ts';
import { startServer } from './console-server.ts';

const main = join(import.meta.dirname, '..', '..', 'dist', 'server', 'main.js');

/** A console that requires a sign-in. */
export interface SignInServer {
  /** For example `http://127.0.0.1:40123/vc`. */
  readonly address: string;
  /** A sign-in link as the command line creates it, without a process of its own; the options say for whom. */
  link(...options: readonly string[]): string;
  /** A script's token created on the command line. */
  token(...options: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Starts one over its own simulated Ray. */
export async function startSignInServer(...options: readonly string[]): Promise<SignInServer> {
  const data = await mkdtemp(join(tmpdir(), 'virtual-cluster-console-e2e-access-'));
  const shared = ['--data-dir', data, ...options];
  const server = await startServer('--sign-in', 'link', ...shared);
  const place = [...shared, '--port', new URL(server.address).port];
  const { PATH = '' } = process.env;
  return {
    address: server.address,
    link(...more) {
      const { out, err } = runAccessCommand(['sign-in-link', ...more, ...place], { PATH }, createSystemClock());
      if (out === '') throw new Error(err);
      return out.trim();
    },
    async token(...more) {
      const { stdout } = await promisify(execFile)(process.execPath, [main, 'token', 'create', ...more, ...place]);
      return stdout.trim();
    },
    async stop() {
      await server.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
