import { useState } from 'react';
import * as z from 'zod/mini';
import type { DraftStore } from '../../drafts/draft-store.ts';
import { useDrafts } from '../../drafts/drafts-context.tsx';
import { NOTHING_OPENED, type OpenedFile } from './open-section.tsx';

/** Its name among the drafts. */
const NAME = 'fleet-file';

const stored = z.object({ name: z.nullable(z.string()), text: z.string() });

/** The file that is open. What was typed of it outlives the screen and a reload, as other drafts do. */
export function useOpenedFile() {
  const drafts = useDrafts();
  const [opened, setState] = useState(() => readOpened(drafts));
  function setOpened(next: OpenedFile) {
    setState(next);
    const { name, text, isTyped } = next;
    drafts.putText(NAME, isTyped && text.trim() !== '' ? JSON.stringify({ name, text }) : '');
  }
  return { opened, setOpened };
}

function readOpened(drafts: Pick<DraftStore, 'textOf'>): OpenedFile {
  try {
    return { ...stored.parse(JSON.parse(drafts.textOf(NAME))), isTyped: true };
  } catch {
    return NOTHING_OPENED;
  }
}
