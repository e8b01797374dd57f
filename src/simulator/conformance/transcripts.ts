import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import type { TranscriptStep } from './transcript-diff.ts';

type Transcripts = Readonly<Record<string, readonly TranscriptStep[]>>;

const folder = new URL('./transcripts/', import.meta.url);

/** The transcripts of a real Ant Ray for a group's cases, recorded by `test-ray.sh`. */
export function readTranscripts(group: string): Transcripts {
  const file = new URL(`${group}.json`, folder);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Replaces one case's transcript, formatted so that a changed field is a changed line. */
export function writeTranscript(group: string, name: string, steps: readonly TranscriptStep[]): void {
  mkdirSync(folder, { recursive: true });
  const all = { ...readTranscripts(group), [name]: steps };
  writeFileSync(new URL(`${group}.json`, folder), `${JSON.stringify(all, null, 1)}\n`);
}
