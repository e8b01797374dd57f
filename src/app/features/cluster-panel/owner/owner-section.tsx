import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { isEmptyProfile, type ClusterProfile, type ProfileRecord } from '../../../../domain/cluster-profile.ts';
import type { VirtualCluster } from '../../../../domain/fleet.ts';
import { AgoText } from '../../../api/ago.tsx';
import { useDenialReason, useSession } from '../../../api/console.tsx';
import { useDrafts } from '../../../drafts/drafts-context.tsx';
import { hasProfileDraft } from '../../../drafts/profile-draft.ts';
import { ownerText } from '../../../text/owner-text.ts';
import { latePart } from '../../../ui/late-part.tsx';
import { Section } from '../section.tsx';
import { OwnerFacts } from './owner-facts.tsx';
import classes from './owner.module.css';
import { personText } from '../../../ui/person-text.ts';

/** Late: they bring the form's library, and most panels are only read. */
const { Part: OwnerForm } = latePart(() => import('./owner-form.tsx'), 'OwnerForm');
const { Part: OwnerEdits } = latePart(
  () => import('./owner-edits.tsx'),
  'OwnerEdits',
  () => <p className="quiet">{ownerText.edits.loading}</p>,
);

/** Who a virtual cluster is for, and the form to change it. */
export function OwnerSection({ cluster }: { readonly cluster: VirtualCluster }) {
  const words = ownerText;
  const { id } = cluster;
  const drafts = useDrafts();
  const session = useSession();
  const denialReason = useDenialReason();
  const [isEdited, setEdited] = useState(() => hasProfileDraft(drafts, id));
  const [proposed, setProposed] = useState<ClusterProfile | null>(null);
  /** What was saved here, until the fleet has it. */
  const [saved, setSaved] = useState<ProfileRecord | null>(null);
  const editButton = useRef<HTMLButtonElement>(null);
  const takesFocus = useRef(false);
  const record = newest(cluster.profile ?? null, saved);
  const mayEdit = session !== null && denialReason(id) === null;

  useEffect(() => {
    if (isEdited || !takesFocus.current) return;
    takesFocus.current = false;
    editButton.current?.focus();
  }, [isEdited]);

  function edit(proposal: ClusterProfile | null) {
    setProposed(proposal);
    setEdited(true);
  }

  function close() {
    takesFocus.current = true;
    setProposed(null);
    setEdited(false);
  }

  if (isEdited && mayEdit) {
    return (
      <Section title={words.title}>
        <OwnerForm
          clusterId={id}
          record={record}
          proposed={proposed}
          onSaved={(next) => {
            setSaved(next);
            close();
          }}
          onClose={close}
        />
      </Section>
    );
  }
  return (
    <Section title={words.title}>
      {record === null || isEmptyProfile(record.profile) ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <OwnerFacts profile={record.profile} />
      )}
      <div className="actions-row">
        {mayEdit && (
          <Button ref={editButton} size="compact-sm" variant="default" onClick={() => edit(null)}>
            {words.edit}
          </Button>
        )}
        {record !== null && (
          <span className="quiet">
            <AgoText at={record.at} words={(ago) => words.setBy(personText(record.who), ago)} />
          </span>
        )}
      </div>
      {record !== null && <Earlier record={record} clusterId={id} onRevert={mayEdit ? edit : null} />}
    </Section>
  );
}

interface EarlierProps {
  readonly clusterId: string;
  readonly record: ProfileRecord;
  readonly onRevert: ((profile: ClusterProfile) => void) | null;
}

/** The edits before, read once they are asked for. */
function Earlier({ clusterId, record, onRevert }: EarlierProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={classes['earlier']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{ownerText.edits.title}</summary>
      {isOpen && <OwnerEdits clusterId={clusterId} version={record.version} onRevert={onRevert} />}
    </details>
  );
}

/** Versions of one virtual cluster's profile ascend. */
function newest(a: ProfileRecord | null, b: ProfileRecord | null): ProfileRecord | null {
  if (a === null || b === null) return a ?? b;
  return a.version < b.version ? b : a;
}
