/** A Python exception. */
export class PythonError extends Error {
  /** The exception's class, `ValueError`; JSON's own carries its module. */
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }

  get lastLine(): string {
    return `${this.kind}: ${this.message}`;
  }
}
