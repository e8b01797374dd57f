import { useQuery } from '@tanstack/react-query';
import type { Revision } from '../../../domain/revision.ts';
import { useConsole, useSession } from '../../api/console.tsx';
import { changesQuery } from '../../api/queries.ts';
import { text } from '../../text/text.ts';
import { personText } from '../../ui/person-text.ts';

/** Who gave a virtual cluster this revision, in words; null where the journal's newest changes of it do not tell. */
export function useAuthorOf(clusterId: string, revision: Revision): string | null {
  const { api } = useConsole();
  const session = useSession();
  const { data } = useQuery(changesQuery(api, clusterId));
  const change = data?.changes.find(({ result }) => result?.kind === 'applied' && result.revision === revision);
  if (change === undefined) return null;
  // Without sign-in, everybody is the same person to the console.
  const isOwn = session !== null && session.via !== 'local' && session.who === change.who;
  return isOwn ? text.editor.conflict.byYou : text.editor.conflict.byWhom(personText(change.who));
}
