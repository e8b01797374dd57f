import packageJson from '../../../package.json' with { type: 'json' };
import type { Clock } from '../../clock.ts';
import type { FailureCause, SourceName, UnknownReason } from '../../domain/sourced.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { outcomeWithoutReply, type NoReplyReason } from '../decode/no-reply.ts';
import type { ReplyReader } from '../decode/reply.ts';
import { readStopOutcome } from '../decode/stop-outcome.ts';
import { readOutcome, type WriteContext } from '../decode/write-outcome.ts';
import { stringifyJson } from '../exact-json.ts';
import type { TextSink } from '../stream/text-sink.ts';
import { calls, urlOf, type CallName } from './calls.ts';
import { exchange, type Exchange } from './exchange.ts';
import type { PassThroughRequest, Ray, RayRead, SaveRequest } from './ray.ts';
import { sources, type SourceValues } from './sources.ts';
import type { RayTransport } from './transport.ts';
import { createMutex } from './mutex.ts';
import { neverYields, type Yielder } from './yielder.ts';

/** Where Ray is and how to reach it. `uniqueToken` returns a text that it never returned before, over restarts too. */
export interface RayOptions {
  readonly transport: RayTransport;
  readonly address: string;
  readonly clock: Clock;
  readonly uniqueToken: () => string;
  /** Largest replies in bytes, by call; left out: those of the tables. */
  readonly limits?: Partial<Readonly<Record<CallName, number>>>;
  /** Longest waits in ms, by call; left out: those of the tables. */
  readonly timeouts?: Partial<Readonly<Record<CallName, number>>>;
  /** Of replies larger than this, bytes, one is read at a time; left out: 16 MB. Only tests shorten it. */
  readonly largeReplyBytes?: number;
  /** Called when a write is about to be sent. */
  readonly expectWrite?: () => void;
  /** Yields to other work in the middle of a large reply. */
  readonly yieldToEventLoop?: () => Promise<void>;
  /** For each read of a source: what it yields to; left out: nothing. */
  readonly yielderFor?: (name: SourceName) => Yielder;
}

/** Ray refuses a request without a User-Agent, and a write with a browser's (fact 13). */
export const USER_AGENT = `virtual-cluster-console/${packageJson.version}`;

const reasons: Readonly<Record<NoReplyReason, UnknownReason>> = {
  'never-sent': 'unreachable',
  cut: 'unreachable',
  'timed-out': 'timed-out',
  'too-large': 'too-large',
  'not-ray': 'unreadable',
  unreadable: 'unreadable',
};

const notAddressable = { kind: 'invalid', message: 'No request can name this virtual cluster ID.' } as const;

/** Of replies that are larger, one is read at a time: the others wait where they are, so that their sizes never add up. */
const LARGE_REPLY_BYTES = 16 * 1024 * 1024;

const doNotYield = () => Promise.resolve();

const noop = () => undefined;

/** A client of the Ray at `address`, over any transport. Throws a `TypeError` when the address is no URL. */
export function createRay({
  transport,
  address,
  clock,
  uniqueToken,
  limits = {},
  timeouts = {},
  largeReplyBytes = LARGE_REPLY_BYTES,
  expectWrite = noop,
  yieldToEventLoop = doNotYield,
  yielderFor = () => neverYields,
}: RayOptions): Ray {
  if (!URL.canParse(address)) throw new TypeError(`Not a URL: ${address}`);

  /** The last good readings, as far as the next ones need them: the back end may still hold the ones before, for one that it did not take. */
  const held: { [N in SourceName]?: SourceValues[N] | null } = {};
  const largeReplies = { mutex: createMutex(), fromBytes: largeReplyBytes };

  async function send(
    name: CallName,
    {
      fresh = false,
      id,
      body = null,
      ...reading
    }: { fresh?: boolean; id?: string; body?: string | null; sink?: TextSink; yielder?: Yielder } = {},
  ): Promise<Exchange | null> {
    const call = calls[name];
    const url = urlOf(address, call, { id, fresh: fresh ? uniqueToken() : undefined });
    if (url === null) return null;
    return exchange(
      transport,
      clock,
      { url, method: call.method, body, userAgent: USER_AGENT },
      { bytes: limits[name] ?? call.maxBytes, ms: timeouts[name] ?? call.timeout },
      { yieldToEventLoop, largeReplies, ...reading },
    );
  }

  async function read<T>(
    name: SourceName,
    { sink, read: decode }: ReplyReader<T>,
    fresh: boolean,
  ): Promise<RayRead<T>> {
    const begunAt = clock.now();
    const came = await send(name, { fresh, yielder: yielderFor(name), ...(sink === undefined ? {} : { sink }) });
    const arrivedAt = clock.now();
    if (came === null) return { ok: false, reason: 'unreachable', detail: 'no such address', begunAt, arrivedAt };
    if (!came.ok) {
      const { why, detail, cause } = came;
      return { ok: false, reason: reasons[why], detail, ...(cause === undefined ? {} : { cause }), begunAt, arrivedAt };
    }
    const decoded = decode(came.reply);
    if (!decoded.ok) return { ...decoded, ...statusCause(decoded.reason, came.reply.status), begunAt, arrivedAt };
    return { ok: true, value: decoded.value, bytes: came.bytes, begunAt, arrivedAt };
  }

  async function readOn<K extends SourceName>(name: K, fresh: boolean): Promise<RayRead<SourceValues[K]>> {
    const { reader, remembered } = rowOf(name);
    const reading = await read<SourceValues[K]>(name, reader(held[name] ?? null), fresh);
    if (reading.ok) held[name] = remembered(reading.value);
    return reading;
  }

  async function write(context: WriteContext, body: string | null): Promise<Outcome> {
    const came = await send(context.action, { id: context.clusterId, body });
    if (came === null) return notAddressable;
    return readOutcome(came.ok ? came.reply : came.why, context);
  }

  return {
    read<K extends SourceName>(name: K, { fresh = false } = {}) {
      return readOn(name, fresh);
    },
    expectWrite,
    save: (request) => write(saveContext(request), saveBody(request)),
    remove: (clusterId) => write({ action: 'remove', clusterId }, null),
    async stopJob(submissionId) {
      const came = await send('stop', { id: submissionId });
      if (came === null) return { kind: 'invalid', message: 'No request can name this submission ID.' };
      return readStopOutcome(came.ok ? came.reply : came.why, submissionId);
    },
    async passThrough(request) {
      const came =
        request.method === 'GET'
          ? await send('list', { fresh: true })
          : request.method === 'POST'
            ? await send('save', { body: saveBody(request.save) })
            : await send('remove', { id: request.clusterId });
      if (came === null) return { kind: 'no-reply', outcome: notAddressable };
      if (!came.ok) return { kind: 'no-reply', outcome: outcomeWithoutReply(came.why) };
      const context = passThroughContext(request);
      return { kind: 'reply', ...came.reply, outcome: context === null ? null : readOutcome(came.reply, context) };
    },
  };
}

function saveBody({ clusterId, divisible, replicaSets, revision }: SaveRequest): string {
  return stringifyJson({ virtualClusterId: clusterId, divisible, replicaSets, revision });
}

function saveContext({ clusterId, replicaSets, held }: SaveRequest): WriteContext {
  return { action: 'save', clusterId, replicaSets, held };
}

/** What a passed-through request asks for; null for a read. */
function passThroughContext(request: PassThroughRequest): WriteContext | null {
  switch (request.method) {
    case 'GET':
      return null;
    case 'POST':
      return saveContext(request.save);
    case 'DELETE':
      return { action: 'remove', clusterId: request.clusterId };
  }
}

/** Every failure of Ray's own is a 500 (fact 1): the status says something only where Ray did not answer. */
function statusCause(reason: UnknownReason, status: number): { readonly cause?: FailureCause } {
  return reason === 'unreadable' && status !== 200 ? { cause: { kind: 'status', status } } : {};
}

/** TypeScript cannot index the table by a type parameter, but can index a mapped type by one. */
function rowOf<K extends SourceName>(name: K): SourceRow<K> {
  const rows: { readonly [N in SourceName]: SourceRow<N> } = sources;
  return rows[name];
}

interface SourceRow<K extends SourceName> {
  readonly reader: (before: SourceValues[K] | null) => ReplyReader<SourceValues[K]>;
  readonly remembered: (value: SourceValues[K]) => SourceValues[K] | null;
}
