import { useEffect, useRef, useState, type RefObject } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';
import { mayChangeAll, mayStop } from '../../domain/change-policy.ts';
import { readableClusterId } from '../../domain/cluster-id.ts';
import type { ClusterJob, JobCluster, VirtualCluster } from '../../domain/fleet.ts';
import { shownValue } from '../../domain/sourced.ts';
import { isActiveStatus } from '../../domain/sources.ts';
import { askedJobOf } from '../routing/cluster-request.ts';
import { navigateTo } from '../routing/navigate.ts';
import { pathTo } from '../routing/routes.ts';
import { text } from '../text/text.ts';
import { AgoText } from '../api/ago.tsx';
import { RayDashboardLink } from '../api/ray-dashboard-link.tsx';
import { useSession } from '../api/console.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { SourcedValue, UnknownSource } from '../ui/sourced-value.tsx';
import { Term } from '../ui/term.tsx';
import { fullTimeText } from '../ui/time-text.ts';
import { Pager, usePagination } from '../ui/pager.tsx';
import { Explained } from '../ui/explained.tsx';
import classes from './holders.module.css';
import { leftoverJobClustersOf } from './leftovers.ts';
import { useReleases } from '../changes/use-releases.tsx';
import { StopJobControl } from '../changes/stop-job-control.tsx';

/** How many are shown at a time: a virtual cluster may have hundreds. */
const PAGE_SIZE = 20;

/**
 * The job clusters and jobs that hold a virtual cluster, each with its job; what is left over from an ended job can be
 * released, one by one or all that are shown, and what runs can be stopped. A job cluster that was released here stays among the
 * leftovers, to show the outcome where its button was.
 */
export function Holders({ cluster }: { readonly cluster: VirtualCluster }) {
  const words = text.panel.usedBy;
  const { usedBy } = cluster;
  const list = useRef<HTMLUListElement>(null);
  const asked = useAskedJob(cluster.id, list);
  const askedIf = (submissionId: string) =>
    asked?.asks === true && asked.submissionId === submissionId ? asked : null;
  const releases = useReleases(cluster.id);
  const { started } = releases;
  const [stopped, setStopped] = useState<ReadonlyMap<string, ClusterJob>>(new Map());
  // Leftovers come first: something can be done about them.
  const leftIds = new Set(leftoverJobClustersOf(cluster).map(({ id }) => id));
  const users = shownValue(usedBy)?.value;
  const all = users?.jobClusters ?? [];
  const held = [...all.filter(({ id }) => leftIds.has(id)), ...all.filter(({ id }) => !leftIds.has(id))];
  const gone = [...started.values()].filter(({ id }) => !held.some((each) => each.id === id));
  const running = users?.jobs ?? [];
  // A job stopped here stays, to show the outcome.
  const ended = [...stopped.values()].filter(
    ({ submissionId }) => ![...running, ...held].some((each) => each.submissionId === submissionId),
  );
  const jobs = [
    ...running,
    ...ended.filter(({ submissionId }) => !gone.some((each) => each.submissionId === submissionId)),
  ];
  const session = useSession();
  // The server decides alike: what is doubtful is for those who may change all virtual clusters.
  const isAllowed = (job: ClusterJob) =>
    mayBeStopped(job) &&
    mayStop(job.submissionId) &&
    (job.doubt === undefined || (session !== null && mayChangeAll(session)));
  const stop = (job: ClusterJob | null, hasOwnCluster: boolean) =>
    job !== null &&
    (isAllowed(job) || stopped.has(job.submissionId)) && (
      <StopJobControl
        submissionId={job.submissionId}
        clusterId={cluster.id}
        hasOwnCluster={hasOwnCluster}
        isAvailable={isAllowed(job)}
        asked={askedIf(job.submissionId)}
        onStart={() => setStopped((now) => new Map(now).set(job.submissionId, job))}
      />
    );
  const pages = usePagination(held.length + jobs.length, PAGE_SIZE);
  // The one that is asked for is shown on every page.
  const isShown = (submissionId: string, at: number) =>
    (at >= pages.from && at < pages.to) || submissionId === asked?.submissionId;
  const shown = held.filter(({ submissionId }, at) => isShown(submissionId, at));
  const shownJobs = jobs.filter(({ submissionId }, at) => isShown(submissionId, held.length + at));
  const leftovers = shown.filter(({ id }) => leftIds.has(id));

  const recalled =
    usedBy.known || usedBy.last === undefined
      ? null
      : text.joins.asOfWhy(text.facts.asOf(fullTimeText(usedBy.last.at)), text.facts.why(usedBy.source, usedBy.reason));

  return (
    <>
      {!usedBy.known && users === undefined && <UnknownSource fact={usedBy} />}
      {releases.all(leftovers, leftIds.size)}
      {held.length + gone.length + jobs.length > 0 && (
        <ul
          ref={list}
          className={`plain-list ${classes['list'] ?? ''} ${recalled === null ? '' : 'last-known'}`}
          title={recalled ?? undefined}
          aria-label={words.list}
        >
          {[...leftovers, ...gone, ...shown.filter(({ id }) => !leftIds.has(id))].map((jobCluster) => (
            <li key={jobCluster.id} className={classes['item']} data-job={jobCluster.submissionId} tabIndex={-1}>
              <JobClusterFacts jobCluster={jobCluster} isGone={gone.includes(jobCluster)} />
              {stop(jobCluster.job, true)}
              {(started.has(jobCluster.id) || (jobCluster.leftover.known && jobCluster.leftover.value)) &&
                releases.control(jobCluster, askedIf(jobCluster.submissionId))}
            </li>
          ))}
          {shownJobs.map((job) => (
            <li key={job.submissionId} className={classes['item']} data-job={job.submissionId} tabIndex={-1}>
              <JobFacts submissionId={job.submissionId} job={job} />
              {stop(job, false)}
            </li>
          ))}
        </ul>
      )}
      <Pager pages={pages} label={words.list} />
    </>
  );
}

/** The job that this screen was opened for, each time as another object; the history entry then asks no more. */
function useAskedJob(clusterId: string, list: RefObject<HTMLElement | null>) {
  const state = useHistoryState<unknown>();
  const [asked, setAsked] = useState<ReturnType<typeof askedJobOf>>(null);
  const [lastState, setLastState] = useState<unknown>(null);
  if (state !== lastState) {
    setLastState(state);
    setAsked(askedJobOf(state) ?? asked);
  }
  useEffect(() => {
    if (askedJobOf(state) !== null) navigateTo(pathTo.cluster(clusterId), { keepQuery: true, replace: true });
  }, [state, clusterId]);
  useEffect(() => {
    if (asked === null) return;
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-job]') ?? [])];
    const item = items.find(({ dataset }) => dataset['job'] === asked.submissionId);
    item?.scrollIntoView({ block: 'nearest' });
    // A question takes the focus itself.
    if (!asked.asks) item?.focus({ preventScroll: true });
  }, [asked, list]);
  return asked;
}

/** Whether the job may still run, as far as is known. One that had ended does not run again, whatever is unknown since. */
function mayBeStopped({ status }: ClusterJob): boolean {
  const shown = shownValue(status);
  return shown === null || isActiveStatus(shown.value);
}

function JobClusterFacts({ jobCluster, isGone }: { readonly jobCluster: JobCluster; readonly isGone: boolean }) {
  const words = text.panel.usedBy;
  const { submissionId, job, nodes, leftover, lastSeenAt } = jobCluster;
  return (
    <>
      <JobFacts submissionId={submissionId} job={job} />
      <div className={classes['facts']}>
        <span>
          {shownValue(nodes) === null && `${words.nodesUnknown} `}
          <SourcedValue fact={nodes}>
            {(sets) =>
              sets.map(({ templateId, count }) => (
                <span key={templateId} className={classes['set']}>
                  {templateId} <b>{text.facts.count(count)}</b>
                </span>
              ))
            }
          </SourcedValue>
        </span>
        {!isGone && shownValue(leftover)?.value === true && (
          <span className={classes['leftover']}>
            <SourcedValue fact={leftover}>
              {() => (
                <>
                  <span aria-hidden="true">!</span> <Term of="left-over">{words.leftover}</Term>
                </>
              )}
            </SourcedValue>
          </span>
        )}
        {!leftover.known && leftover.last === undefined && (
          <span>
            {words.leftoverUnknown} <UnknownSource fact={leftover} />
          </span>
        )}
        {lastSeenAt !== null && !isGone && (
          <Explained why={words.lastSeenMeans} className="quiet">
            <AgoText at={lastSeenAt} words={words.lastSeen} />
          </Explained>
        )}
      </div>
    </>
  );
}

function JobFacts({ submissionId, job }: { readonly submissionId: string; readonly job: ClusterJob | null }) {
  const words = text.panel.usedBy;
  return (
    <>
      <div className={classes['facts']}>
        <span className={classes['id']}>
          <code>{readableClusterId(submissionId)}</code>
          <CopyButton value={submissionId} what={words.jobId} />
        </span>
        {job === null ? (
          <span className="quiet">{words.noJob}</span>
        ) : (
          <>
            <span className={classes['status']}>
              {shownValue(job.status) === null && `${words.statusUnknown} `}
              <SourcedValue fact={job.status}>{(status) => <b>{words.status[status]}</b>}</SourcedValue>
            </span>
            {job.startedAt !== null && (
              <span className="quiet">
                <AgoText at={job.startedAt} words={words.started} />
              </span>
            )}
            {job.endedAt !== null && (
              <span className="quiet">
                <AgoText at={job.endedAt} words={words.ended} />
              </span>
            )}
            <RayDashboardLink page={{ kind: 'job', submissionId }} />
          </>
        )}
      </div>
      {job !== null && <Doubt job={job} />}
      {job !== null && mayBeStopped(job) && !mayStop(submissionId) && <p className="quiet">{words.cannotBeStopped}</p>}
      {job !== null && job.entrypoint !== null && job.entrypoint !== '' && (
        <code className={classes['entrypoint']} title={job.entrypoint}>
          {readableClusterId(job.entrypoint)}
        </code>
      )}
    </>
  );
}

/** Why it is not certain that a job runs here; nothing of one that has ended, which nobody needs to stop. A job that started a moment ago is unconfirmed until the job list has it. */
function Doubt({ job }: { readonly job: ClusterJob }) {
  const session = useSession();
  const { doubt, status } = job;
  if (doubt === undefined || !mayBeStopped(job)) return null;
  const isOnlyNew = doubt === 'unconfirmed' && !status.known && session !== null && mayChangeAll(session);
  return isOnlyNew ? null : <p className="quiet">{text.panel.usedBy.doubt[doubt]}</p>;
}
