/** What the page asks of the worker, in which the console and its simulated Ray run. */
export type ToWorker =
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly method: string;
      /** With its query. */
      readonly path: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: string | null;
    }
  /** Nobody reads the reply any more. */
  | { readonly kind: 'cancel'; readonly id: number };

/** What it answers: the head, then the body in pieces. */
export type FromWorker =
  | {
      readonly kind: 'head';
      readonly id: number;
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly hasBody: boolean;
    }
  | { readonly kind: 'piece'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end'; readonly id: number };

/** One end of the line between them. */
export interface Line<Out, In> {
  post(message: Out): void;
  listen(callBack: (message: In) => void): void;
}
