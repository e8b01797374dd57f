import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

/** Set in the image (deploy/Containerfile), which also sets HOST to all addresses. */
export const IN_IMAGE = 'VIRTUAL_CLUSTER_CONSOLE_IMAGE';

/** Options that say themselves where the console listens, or how others reach it. */
const OVERRIDING_FLAGS = ['--host', '--trusted-proxy', '--tls-cert', '--sign-in', '--no-sign-in'];

type Environment = Readonly<Record<string, string | undefined>>;

/** The container's network, as its kernel reports it. */
interface ContainerNetwork {
  /** The text of `/proc/net/route`. */
  readonly routes: string;
  /** The container's own addresses. */
  readonly addresses: readonly string[];
}

/**
 * The arguments in a container that is given no others: sign in by link, and a plain connection counts as this machine's if the
 * machine forwarded it, which then comes from the container's gateway or its own address. Others keep their address and need TLS.
 */
export function containerArgs(args: readonly string[], network: ContainerNetwork = thisNetwork()): readonly string[] {
  if (args.some((each) => OVERRIDING_FLAGS.some((name) => each === name || each.startsWith(`${name}=`)))) return args;
  const machine = [gatewayOf(network.routes), ...network.addresses].filter((address) => address !== null);
  // With no network but loopback, nobody else can reach the console.
  if (machine.length === 0) return ['--host', '127.0.0.1', ...args];
  return ['--sign-in', 'link', ...machine.flatMap((address) => ['--trusted-proxy', address]), ...args];
}

/** The environment of a command beside the console that serves: in the image, HOST says where that one listens. */
export function commandEnv(env: Environment): Environment {
  return (env[IN_IMAGE] ?? '') === '' ? env : { ...env, HOST: '' };
}

/** The default gateway: the row of `/proc/net/route` for 0.0.0.0, whose address is hexadecimal with its lowest byte first. */
export function gatewayOf(routes: string): string | null {
  for (const line of routes.split('\n')) {
    const [, destination, gateway] = line.trim().split(/\s+/);
    if (destination !== '00000000' || gateway === undefined || !/^[0-9A-F]{8}$/i.test(gateway)) continue;
    if (gateway !== '00000000')
      return (gateway.match(/../g) ?? [])
        .map((byte) => parseInt(byte, 16))
        .toReversed()
        .join('.');
  }
  return null;
}

function thisNetwork(): ContainerNetwork {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return {
    routes: readRoutes(),
    addresses: addresses.filter(({ internal }) => !internal).map(({ address }) => address.split('%', 1)[0] ?? ''),
  };
}

function readRoutes(): string {
  try {
    return readFileSync('/proc/net/route', 'utf8');
  } catch {
    return '';
  }
}
