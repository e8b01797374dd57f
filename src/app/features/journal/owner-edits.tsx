import { useQuery } from '@tanstack/react-query';
import type { JournalQuery } from '../../../contract/journal.ts';
import { useConsole } from '../../api/console.tsx';
import { profileEditsQuery } from '../../api/profile-queries.ts';
import { ProfileEditItem } from '../../cluster-ui/profile-edit-item.tsx';
import { ownerText } from '../../text/owner-text.ts';
import classes from './journal-page.module.css';

/** The newest edits of owners that match the journal's filter. They never go to Ray, so that they have no outcome. */
export function OwnerEdits({ query }: { readonly query: JournalQuery }) {
  const { api } = useConsole();
  const { outcome: _none, ...asked } = query;
  const { data } = useQuery(profileEditsQuery(api, asked));
  if (data === undefined || data.edits.length === 0) return null;
  const title = ownerText.edits.all;
  return (
    <section className={classes['owners']} aria-label={title}>
      <h2>{title}</h2>
      <ol className="plain-list">
        {data.edits.map((edit) => (
          <ProfileEditItem key={edit.version} edit={edit} namesCluster />
        ))}
      </ol>
    </section>
  );
}
