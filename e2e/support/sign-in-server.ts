import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startServer } from './console-server.ts';

const main = join(import.meta.dirname, '..', '..', 'dist', 'server', 'main.js');

/** A console that requires a sign-in. */
export interface SignInServer {
  /** For example `http://127.0.0.1:40123/vc`. */
  readonly address: string;
  /** A sign-in link created on the command line; the options say for whom. */
  link(...options: readonly string[]): Promise<string>;
  /** A script's token created on the command line. */
  token(...options: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Starts one over its own simulated Ray. */
export async function startSignInServer(...options: readonly string[]): Promise<SignInServer> {
  const data = await mkdtemp(join(tmpdir(), 'virtual-cluster-console-e2e-access-'));
  const shared = ['--data-dir', data, ...options];
  const server = await startServer('--sign-in', 'link', ...shared);
  const run = async (...args: readonly string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      main,
      ...args,
      ...shared,
      '--port',
      new URL(server.address).port,
    ]);
    return stdout.trim();
  };
  return {
    address: server.address,
    link: (...more) => run('sign-in-link', ...more),
    token: (...more) => run('token', 'create', ...more),
    async stop() {
      await server.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
