import busyOther from './busy-nodes-other-sources.json' with { type: 'json' };
import busy from './busy-nodes.json' with { type: 'json' };
import forged from './forged-jobs.json' with { type: 'json' };
import jobs from './jobs-and-in-use.json' with { type: 'json' };
import management from './management-calls.json' with { type: 'json' };
import nodes from './nodes-jobs-actors-and-stale-reads.json' with { type: 'json' };

interface Recorded {
  readonly label: string;
  readonly request: { readonly method: string; readonly path: string; readonly body?: unknown };
  readonly reply: { readonly status: number; readonly contentType: string; readonly text: string };
}

const files: Readonly<Record<string, readonly Recorded[]>> = { busyOther, busy, forged, jobs, management, nodes };

/** Every measured exchange. */
export const allRecorded: readonly Recorded[] = Object.values(files).flat();

/** `file: label` of every write of the management API. */
export const recordedWrites: readonly string[] = Object.entries(files).flatMap(([file, exchanges]) =>
  exchanges
    .filter(({ request }) => request.method !== 'GET' && request.path.startsWith('/virtual_clusters'))
    .map(({ label }) => `${file}: ${label}`),
);

/** A measured exchange by its file and label. */
export function recorded(file: string, label: string): Recorded {
  const found = files[file]?.find((each) => each.label === label);
  if (!found) throw new Error(`no recording ${file}: ${label}`);
  return found;
}
