import type { SimReply } from './reply.ts';

/** Ray's own bound: so many replies a route. */
const MAX_ENTRIES = 128;

/**
 * Ray's cache of a route (fact 4): whole replies by path and query string. The read that finds a reply expired still
 * gets it, while a new one is made for the next.
 */
export class ReplyCache {
  readonly #lifetime: number;
  readonly #kept = new Map<string, { readonly reply: SimReply; readonly expiresAt: number }>();

  /** Milliseconds that a reply is kept. */
  constructor(lifetime: number) {
    this.#lifetime = lifetime;
  }

  /** `now`: milliseconds since 1970. */
  getOrCreate(key: string, now: number, make: () => SimReply): SimReply {
    const kept = this.#kept.get(key);
    if (kept !== undefined && now <= kept.expiresAt) {
      this.#keep(key, kept);
      return kept.reply;
    }
    const made = { reply: make(), expiresAt: now + this.#lifetime };
    this.#keep(key, made);
    return kept?.reply ?? made.reply;
  }

  clear(): void {
    this.#kept.clear();
  }

  /** The one that was not asked for the longest goes. */
  #keep(key: string, entry: { readonly reply: SimReply; readonly expiresAt: number }): void {
    this.#kept.delete(key);
    this.#kept.set(key, entry);
    if (this.#kept.size <= MAX_ENTRIES) return;
    for (const oldest of this.#kept.keys()) {
      this.#kept.delete(oldest);
      return;
    }
  }
}
