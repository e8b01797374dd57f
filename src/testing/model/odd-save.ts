import { PythonError } from '../../simulator/replies/python-error.ts';
import { readSaveBody, type SaveRequestBody } from '../../simulator/replies/save-request-body.ts';

/** A save in a script's own words. */
export interface OddSave {
  /** The console that it was sent to. */
  readonly backend: number;
  readonly body: string;
  /** What Ray's handler makes of it; null: it crashes, or Ray refuses whatever its state is. */
  readonly read: SaveRequestBody | null;
  /** The console's reply said that nothing was sent. */
  isRefused: boolean;
}

/** By the simulated Ray's handler: a second implementation, apart from the console's. */
export function readByRay(body: string): SaveRequestBody | null {
  try {
    const read = readSaveBody(body);
    const isRefused = read.clusterId === '' || [...read.replicaSets.values()].some((count) => count < 0);
    return isRefused ? null : read;
  } catch (error) {
    if (error instanceof PythonError) return null;
    throw error;
  }
}
