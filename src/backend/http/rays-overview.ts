import type { Clock } from '../../clock.ts';
import type { NotOpenedCause, RayOverview } from '../../contract/rays.ts';
import type { Peer } from '../auth/authenticator.ts';
import type { RayReport } from '../changes/ray-overview.ts';

/** The back end of one Ray, as it is seen from above. */
interface RayConsole {
  fetch(request: Request, from: Peer): Promise<Response>;
  report(): Promise<RayReport>;
}

/** The back end of one Ray, as far as it has come: they open one after another, and one that can't leaves the others alone. */
export type RayProgress =
  | { readonly kind: 'opening' }
  | { readonly kind: 'not-opened'; readonly because: string; readonly cause: NotOpenedCause | null }
  | { readonly kind: 'open'; readonly backend: RayConsole };

export interface MountedRay {
  readonly name: string;
  /** As the user knows it: `http://host:8265`, or `simulator`. */
  readonly address: string;
  readonly simulated: boolean;
  readonly progress: () => RayProgress;
}

/** How long an overview is shared by all who ask, ms. */
const SHARED_FOR = 1_000;

/** The state of every Ray. A failing journal of one leaves out its newest change alone. */
export function createRaysOverview(rays: readonly MountedRay[], clock: Clock): () => Promise<readonly RayOverview[]> {
  let last: { readonly at: number; readonly overview: Promise<readonly RayOverview[]> } | null = null;
  return () => {
    const now = clock.now();
    if (last !== null && now >= last.at && now - last.at < SHARED_FOR) return last.overview;
    last = { at: now, overview: Promise.all(rays.map(overviewOf)) };
    return last.overview;
  };
}

async function overviewOf({ name, address, simulated, progress }: MountedRay): Promise<RayOverview> {
  const about = { name, address, simulated };
  const now = progress();
  switch (now.kind) {
    case 'opening':
      return { ...about, state: { kind: now.kind }, lastChange: null };
    case 'not-opened':
      return { ...about, state: { kind: now.kind, because: now.because, cause: now.cause }, lastChange: null };
    case 'open':
      return { ...about, ...(await now.backend.report()) };
  }
}
