import * as z from 'zod/mini';
import type { DraftStore } from '../../../../drafts/draft-store.ts';
import { NOTHING_STAGED, withCells, type Staged } from './staged-cells.ts';

/** The name of the staged cells among the drafts. */
const NAME = 'matrix';

const count = z.int().check(z.minimum(0));
const stored = z.array(z.object({ clusterId: z.string(), templateId: z.string(), base: count, count }));

/** The cells that were staged before a reload; none where there are none, or none that can be read. */
export function readStaged(drafts: Pick<DraftStore, 'textOf'>): Staged {
  try {
    const cells = stored.parse(JSON.parse(drafts.textOf(NAME)));
    return withCells(
      NOTHING_STAGED,
      cells.map(({ clusterId, templateId, ...cell }) => ({ clusterId, templateId, cell })),
    );
  } catch {
    return NOTHING_STAGED;
  }
}

export function writeStaged(drafts: Pick<DraftStore, 'putText'>, staged: Staged): void {
  const cells = [...staged].flatMap(([clusterId, each]) =>
    [...each].map(([templateId, cell]) => ({ clusterId, templateId, ...cell })),
  );
  drafts.putText(NAME, cells.length === 0 ? '' : JSON.stringify(cells));
}
