import { Button, TextInput } from '@mantine/core';
import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useRef, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import {
  changedProfileFields,
  checkProfile,
  profileFields,
  type ClusterProfile,
  type ProfileField,
  type ProfileRecord,
} from '../../../../domain/cluster-profile.ts';
import { useDrafts } from '../../../drafts/drafts-context.tsx';
import { InlineConfirmation } from '../../../changes/inline-confirmation.tsx';
import {
  fromTyped,
  profileBaseOf,
  readProfileDraft,
  toTyped,
  writeProfileDraft,
  type TypedProfile,
} from '../../../drafts/profile-draft.ts';
import { ownerText } from '../../../text/owner-text.ts';
import { OwnerConflict } from './owner-conflict.tsx';
import { ownerSchema, profileProblemOf } from './owner-schema.ts';
import classes from './owner.module.css';
import { useSaveOwner } from './use-save-owner.ts';

interface OwnerFormProps {
  readonly clusterId: string;
  /** As the page knows it now; it may move while the form is open. */
  readonly record: ProfileRecord | null;
  /** What the form is filled with instead, for the person to save. */
  readonly proposed: ClusterProfile | null;
  readonly onSaved: (record: ProfileRecord) => void;
  readonly onClose: () => void;
}

/** The form of one owner. What is typed is kept until it is saved or discarded; what others save meanwhile is shown beside it. */
export function OwnerForm({ clusterId, record, proposed, onSaved, onClose }: OwnerFormProps) {
  const words = ownerText;
  const drafts = useDrafts();
  const [kept] = useState(() => (proposed === null ? readProfileDraft(drafts, clusterId) : null));
  const [base, setBase] = useState(kept?.base ?? profileBaseOf(record));
  const form = useForm<TypedProfile>({
    resolver: zodResolver(ownerSchema),
    defaultValues: kept?.typed ?? toTyped(proposed ?? base.profile),
    // A message that comes when a field is left moves the buttons away from under the pointer that left it.
    mode: 'onSubmit',
  });
  const [owner, contact, purpose, link, labels] = useWatch({ control: form.control, name: profileFields });
  const typed: TypedProfile = { owner, contact, purpose, link, labels };
  const checked = checkProfile(fromTyped(typed));
  const mine = checked.ok ? checked.profile : fromTyped(typed);
  const isDirty = changedProfileFields(base.profile, mine).length > 0;
  const saving = useSaveOwner(clusterId, {
    onSaved(saved) {
      writeProfileDraft(drafts, clusterId, null);
      onSaved(saved);
    },
    onRefused: (name, problem) => form.setError(name, { message: problem }),
  });
  const there = saving.theirs !== null && saving.theirs.version > (record?.version ?? 0) ? saving.theirs : record;
  const isMoved = there !== null && there.version !== base.version;
  const isSame = isMoved && changedProfileFields(there.profile, mine).length === 0;
  // Nothing to choose: what others saved is what is typed, or nothing was typed.
  if (isMoved && (isSame || !isDirty)) setBase(there);

  const { setFocus, reset, getValues } = form;
  const filledFrom = useRef(base);
  useEffect(() => {
    const before = filledFrom.current;
    filledFrom.current = base;
    const isUntouched = changedProfileFields(before.profile, fromTyped(getValues())).length === 0;
    if (before !== base && isUntouched) reset(toTyped(base.profile));
  }, [base, getValues, reset]);
  useEffect(() => setFocus('owner'), [setFocus]);
  useEffect(() => {
    writeProfileDraft(drafts, clusterId, isDirty ? { base, typed: { owner, contact, purpose, link, labels } } : null);
  }, [drafts, clusterId, base, isDirty, owner, contact, purpose, link, labels]);
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: Event) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);

  function take(merged: ClusterProfile) {
    if (there !== null) setBase(there);
    reset(toTyped(merged));
    setFocus('owner');
  }

  function discard() {
    writeProfileDraft(drafts, clusterId, null);
    onClose();
  }

  const field = (name: ProfileField) => {
    const problem = profileProblemOf(form.formState.errors[name]?.message);
    return (
      <TextInput
        key={name}
        {...form.register(name)}
        label={words.fields[name]}
        placeholder={name === 'owner' || name === 'purpose' ? undefined : words.hints[name]}
        dir="auto"
        autoComplete="off"
        readOnly={saving.isSaving}
        error={problem === null ? undefined : words.problem(name, problem)}
      />
    );
  };

  return (
    <>
      {kept !== null && <p className="quiet">{words.kept}</p>}
      {isMoved && !isSame && isDirty && (
        <OwnerConflict key={there.version} base={base.profile} mine={mine} theirs={there} onTake={take} />
      )}
      <form
        noValidate
        className={classes['form']}
        aria-label={words.edit}
        onSubmit={(event) => void form.handleSubmit(() => saving.save(mine, base.version))(event)}
      >
        {profileFields.map(field)}
        {saving.problem !== null && <p role="alert">{saving.problem}</p>}
        <div className="actions-row">
          <Button type="submit" size="compact-sm" disabled={saving.isSaving || (isMoved && isDirty)}>
            {saving.isSaving ? words.saving : words.save}
          </Button>
          {isDirty ? (
            <InlineConfirmation
              start={words.discard}
              question={words.discardAsk}
              yes={words.discard}
              onConfirm={discard}
            />
          ) : (
            <Button size="compact-sm" variant="default" onClick={discard}>
              {words.cancel}
            </Button>
          )}
        </div>
      </form>
    </>
  );
}
