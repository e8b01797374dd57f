import type { SimReply } from './reply.ts';

/** The most replies that Ray caches for a route (fact 4). */
const MAX_ENTRIES = 128;

/**
 * Ray's cache of a route (fact 4): whole replies by path and query string. The read that finds a reply expired still
 * gets it, and the next one gets the new reply.
 */
export class ReplyCache {
  readonly #lifetime: number;
  readonly #entries = new Map<string, { readonly reply: SimReply; readonly expiresAt: number }>();

  /** `lifetime`: milliseconds. */
  constructor(lifetime: number) {
    this.#lifetime = lifetime;
  }

  /** `now`: milliseconds since 1970. */
  getOrCreate(key: string, now: number, make: () => SimReply): SimReply {
    const cached = this.#entries.get(key);
    if (cached !== undefined && now <= cached.expiresAt) {
      this.#store(key, cached);
      return cached.reply;
    }
    const made = { reply: make(), expiresAt: now + this.#lifetime };
    this.#store(key, made);
    return cached?.reply ?? made.reply;
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Stores an entry and evicts the least recently used one beyond the limit. */
  #store(key: string, entry: { readonly reply: SimReply; readonly expiresAt: number }): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size <= MAX_ENTRIES) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }
}
