import { useRef, useState, type ReactNode } from 'react';
import type { JobCluster } from '../../domain/fleet.ts';
import { useDenialReason, useSession } from '../api/console.tsx';
import { text } from '../text/text.ts';
import type { ChangeHandle } from './change-control.tsx';
import { InlineConfirmation } from './inline-confirmation.tsx';
import { ReleaseControl } from './release-control.tsx';

/** Releases the leftovers of one virtual cluster, one by one or all that are shown. */
interface Releases {
  /** Those released here, as they were before: their outcome stays visible. */
  readonly started: ReadonlyMap<string, JobCluster>;
  /** The control that releases one of them and shows the outcome. */
  control(jobCluster: JobCluster, asked?: object | null): ReactNode;
  /** The control that releases all of them at once, if there are at least two. `of`: how many there are, shown or not. */
  all(shown: readonly JobCluster[], of: number): ReactNode;
}

/** `parentId`: the virtual cluster that gets the nodes back. */
export function useReleases(parentId: string): Releases {
  const session = useSession();
  const denialReason = useDenialReason();
  const [begun, setBegun] = useState<ReadonlyMap<string, JobCluster>>(new Map());
  const handles = useRef(new Map<string, ChangeHandle>());
  return {
    started: begun,
    control: (jobCluster, asked = null) => (
      <ReleaseControl
        ref={(handle) => {
          if (handle !== null) handles.current.set(jobCluster.id, handle);
          return () => void handles.current.delete(jobCluster.id);
        }}
        jobCluster={jobCluster}
        parentId={parentId}
        asked={asked}
        onStart={() => setBegun((now) => new Map(now).set(jobCluster.id, jobCluster))}
      />
    ),
    all(shown, of) {
      const open = shown.filter(({ id }) => !begun.has(id) && denialReason(id) === null);
      if (session === null || open.length < 2) return null;
      return (
        <InlineConfirmation
          start={
            open.length < of ? text.remove.inUse.releaseShown(open.length) : text.remove.inUse.releaseAll(open.length)
          }
          question={text.remove.release.askAll(parentId)}
          yes={text.remove.release.yesAll}
          onConfirm={() => {
            for (const { id } of open) handles.current.get(id)?.send();
          }}
        />
      );
    },
  };
}
