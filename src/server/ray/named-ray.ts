/** One Ray of several, as the options name it. */
export interface NamedRay {
  readonly name: string;
  /** `http://host:8265`; null: the bundled simulator. */
  readonly address: string | null;
  /** The certificate authority (PEM file) of a Ray behind TLS; null: the system's. */
  readonly ca: string | null;
  /** The file with the token of a Ray that asks for one; null: it asks for none. */
  readonly tokenFile: string | null;
  /** Where browsers reach its dashboard, without a slash at its end; null: unknown. */
  readonly dashboardUrl: string | null;
}

/** What an option writes in place of an address for the bundled simulator. */
export const SIMULATOR = 'simulator';
