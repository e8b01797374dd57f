import type { NetworkError } from '../../domain/sourced.ts';
import type { NoReplyReason } from '../decode/no-reply.ts';

/** Codes that only occur before there is a connection. */
const beforeConnectionCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** Node's codes for a failed TLS handshake, before which no request is sent. Other TLS errors may come after it was. */
const handshakeCodes = /^(?:ERR_TLS_|CERT_|SELF_SIGNED_CERT|DEPTH_ZERO_|UNABLE_TO_|ERR_SSL_WRONG_VERSION_NUMBER$)/;
const timeoutCodes = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/**
 * Classifies the error of a request. It is `never-sent` only where Node's cause proves that there was no connection,
 * by its code or by the system call `connect`; in any other case Ray may have got the request.
 */
export function classifyNetworkError(error: unknown): {
  readonly why: NoReplyReason;
  readonly detail: string;
  readonly error: NetworkError | null;
} {
  const cause = error instanceof Error ? error.cause : undefined;
  const detail = describe(cause ?? error);
  const kind = errorKind(cause);
  if (neverSent(cause)) return { why: 'never-sent', detail, error: kind };
  return { why: timeoutCodes.has(field(cause, 'code')) ? 'timed-out' : 'cut', detail, error: kind };
}

const errorsByCode: Readonly<Record<string, NetworkError>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  EAI_FAIL: 'unknown-host',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  ETIMEDOUT: 'connect-timed-out',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timed-out',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
  UND_ERR_SOCKET: 'closed',
};

/** The cause that the user is shown; null where the code says too little. */
function errorKind(cause: unknown): NetworkError | null {
  if (cause instanceof AggregateError) return errorKind(cause.errors[0]);
  const code = field(cause, 'code');
  return handshakeCodes.test(code) ? 'tls' : (errorsByCode[code] ?? null);
}

function neverSent(cause: unknown): boolean {
  // Several addresses were tried: each must have failed before it was connected.
  if (cause instanceof AggregateError && cause.errors.length > 0) return cause.errors.every(neverSent);
  const code = field(cause, 'code');
  return beforeConnectionCodes.has(code) || handshakeCodes.test(code) || field(cause, 'syscall') === 'connect';
}

function field(value: unknown, name: 'code' | 'syscall'): string {
  if (typeof value !== 'object' || value === null || !(name in value)) return '';
  const found: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  return typeof found === 'string' ? found : '';
}

function describe(value: unknown): string {
  const code = field(value, 'code');
  const message = value instanceof Error ? value.message : 'the request failed';
  return `${code} ${message}`.trim().split('\n')[0]?.slice(0, 300) ?? '';
}
