/**
 * Stable names for what differs from run to run. A node is just `<node>` unless the case gave it a name: which
 * of several free nodes Ray takes is nobody's promise. Revisions are numbered, so that the transcript still
 * shows whether one changed; jobs are numbered in the order of their start.
 */
export class Names {
  readonly #nodes = new Map<string, string>();
  readonly #jobs = new Map<string, string>();
  readonly #revisions = new Map<string, string>();

  nameNode(nodeId: string, name: string): void {
    this.#nodes.set(nodeId, `<${name}>`);
  }

  nameJob(submissionId: string): void {
    if (!this.#jobs.has(submissionId)) this.#jobs.set(submissionId, `<job ${this.#jobs.size + 1}>`);
  }

  /** Numbers the revisions in a reply, oldest first: Ray's own order within a reply is that of a hash. */
  learn(text: string): void {
    const found = (text.match(aRevision) ?? []).filter((digits) => !this.#revisions.has(digits));
    for (const digits of found.toSorted()) {
      if (!this.#revisions.has(digits)) this.#revisions.set(digits, `<revision ${this.#revisions.size + 1}>`);
    }
  }

  inText(text: string): string {
    return text
      .replace(aNodeId, (nodeId) => this.#nodes.get(nodeId) ?? '<node>')
      .replace(aSubmissionId, (id) => this.#jobs.get(id) ?? '<job>')
      .replace(aRevision, (digits) => this.#revisions.get(digits) ?? '<revision>');
  }
}

const aNodeId = /\b[0-9a-f]{56}\b/g;
const aSubmissionId = /raysubmit_[A-Za-z0-9]{16}/g;
/** Nanoseconds since 1970: 19 digits from 2001 to 2286, but not 19 digits in a row within a node's id. */
const aRevision = /\b[1-9]\d{18}\b/g;
