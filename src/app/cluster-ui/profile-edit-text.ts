import type { ProfileEdit } from '../../contract/cluster-profile.ts';
import { changedProfileFields, isEmptyProfile, profileText, type ProfileField } from '../../domain/cluster-profile.ts';
import { ownerText } from '../text/owner-text.ts';
import { text } from '../text/text.ts';

/** A field before and after: `Wei → Noor`. */
export function fieldEditText({ before, after }: Pick<ProfileEdit, 'before' | 'after'>, field: ProfileField): string {
  const orEmpty = (value: string) => (value === '' ? ownerText.moved.nothing : value);
  return ownerText.edits.to(orEmpty(profileText(before, field)), orEmpty(profileText(after, field)));
}

/** What an edit of an owner changed, in one line: `Owner: Wei → Noor, Labels: empty → gpu`; the first one only what it set. */
export function profileEditText(edit: Pick<ProfileEdit, 'before' | 'after'>): string {
  const isFirst = isEmptyProfile(edit.before);
  return text.joins.list(
    changedProfileFields(edit.before, edit.after).map((field) =>
      text.joins.labelled(
        ownerText.fields[field],
        isFirst ? profileText(edit.after, field) : fieldEditText(edit, field),
      ),
    ),
  );
}
