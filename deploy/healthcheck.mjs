// Exits with 0 where the console in this container answers with 200: node healthcheck.mjs [/healthz | /readyz].
import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';

const path = process.argv[2] ?? '/healthz';
const at = { host: '127.0.0.1', port: Number(process.env.PORT ?? 8600), path, timeout: 4_000 };

const answers = (get, options) =>
  new Promise((resolve) => {
    const asked = get(options, (reply) => resolve(reply.statusCode === 200));
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
  });

// A console with a certificate of its own speaks TLS alone, under a name that is not this address.
const isWell = (await answers(getPlain, at)) || (await answers(getSecure, { ...at, rejectUnauthorized: false }));
process.exit(isWell ? 0 : 1);
