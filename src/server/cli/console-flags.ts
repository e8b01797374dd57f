import { accessFlags } from './access-options.ts';
import type { Flags } from './flags.ts';
import { observabilityFlags } from './observability-options.ts';
import { rayFlags } from './ray-options.ts';

/** For `parseArgs`, and for help. */
export const consoleFlags = {
  port: { type: 'string', value: 'number', help: 'Port to listen on (PORT; default 8600; 0: any that is free)' },
  host: { type: 'string', value: 'name or address', help: 'Address to listen on (HOST; default 127.0.0.1)' },
  'ray-address': {
    type: 'string',
    value: 'url',
    help: 'The Ant Ray to manage, as http://host:8265, or https://gateway/ray-prod for one below a path (RAY_ADDRESS; default: the bundled simulator)',
  },
  'ray-ca': {
    type: 'string',
    value: 'file',
    help: 'The authority (PEM) that signed the certificate of a Ray behind TLS',
  },
  'ray-dashboard-url': {
    type: 'string',
    value: 'url',
    help: "Where browsers reach Ray's dashboard: jobs and nodes link to it (default: no links)",
  },
  ...rayFlags,
  'read-only': { type: 'boolean', help: 'Change nothing' },
  'data-dir': {
    type: 'string',
    value: 'path',
    help: "Folder of the journal's file (default: virtual-cluster-console in XDG_DATA_HOME or ~/.local/share; over the simulator the journal is in memory unless this is given)",
  },
  'keep-days': { type: 'string', value: 'number', help: 'How long the journal remembers a change (default 400)' },
  'usage-days': {
    type: 'string',
    value: 'number',
    help: 'How long usage over time is kept (default 400; 0: not at all)',
  },
  'usage-megabytes': { type: 'string', value: 'number', help: 'How much of it at most (default 300)' },
  'allowed-host': {
    type: 'string',
    multiple: true,
    value: 'name',
    help: "A host name by which browsers reach the console, with its port unless that is the console's own or the usual one (repeat for more)",
  },
  'base-path': { type: 'string', value: 'path', help: 'Path below which the console lives, as /vc/ (default /)' },
  'tls-cert': { type: 'string', value: 'file', help: 'Certificate (PEM) to serve TLS with; read again at SIGHUP' },
  'tls-key': { type: 'string', value: 'file', help: 'Key (PEM) of that certificate; read again at SIGHUP' },
  ...accessFlags,
  ...observabilityFlags,
  seed: { type: 'string', value: 'number', help: 'Seed of the simulated fleet (default 1)' },
  scenario: { type: 'string', value: 'name', help: 'Story of the simulated fleet' },
} as const satisfies Flags;
