import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import { ApiError } from '../../api/api-error.ts';
import { useConsole } from '../../api/console.tsx';
import { queryKeys } from '../../api/query-keys.ts';
import { readRoute } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { withoutBasePath } from '../../routing/base-path.ts';
import { SimulatedClusterActions } from './simulated-cluster-actions.tsx';
import { createSimulatorClient, summaryQuery } from './simulator-client.ts';
import { JobActions, NodeActions } from './fleet-actions.tsx';
import type { Action } from './actions.ts';
import { RayActions, ResetForm } from './ray-actions.tsx';
import classes from './simulation.module.css';

/** The actions, and a status line with what the last one did. */
export function Controls() {
  const { api } = useConsole();
  const client = useQueryClient();
  const control = useMemo(() => createSimulatorClient(api), [api]);
  const { data: summary, error } = useQuery(summaryQuery(control));
  const shownId = shownClusterId(withoutBasePath(usePathname()));
  const [status, setStatus] = useState<{ readonly failed: boolean; readonly words: string }>({
    failed: false,
    words: text.simulation.nothingYet,
  });
  // A ref, since a double click runs the handler twice before the next render.
  const isRunning = useRef(false);

  async function run(action: Action) {
    if (isRunning.current) return;
    isRunning.current = true;
    try {
      setStatus({ failed: false, words: await action(control) });
    } catch (failure) {
      setStatus({ failed: true, words: text.simulation.failed(detailOf(failure)) });
    } finally {
      isRunning.current = false;
    }
    await client.invalidateQueries({ queryKey: summaryQuery(control).queryKey });
    await client.invalidateQueries({ queryKey: queryKeys.usage.all });
  }

  return (
    <>
      <p className="quiet">{text.simulation.intro}</p>
      <p role="status" className={classes['status']} data-failed={status.failed}>
        {status.words}
      </p>
      {error !== null && <p className={classes['trouble']}>{text.simulation.failed(detailOf(error))}</p>}
      {summary === undefined && error === null && <p className="quiet">{text.simulation.loading}</p>}
      {summary !== undefined && (
        <>
          <SimulatedClusterActions summary={summary} run={run} shownId={shownId} />
          <JobActions summary={summary} run={run} />
          <NodeActions summary={summary} run={run} />
          <RayActions summary={summary} run={run} />
          <ResetForm summary={summary} run={run} />
        </>
      )}
    </>
  );
}

function shownClusterId(pathname: string): string | null {
  const route = readRoute(pathname);
  return route.page === 'clusters' && route.panel !== null && route.panel.kind !== 'create'
    ? route.panel.clusterId
    : null;
}

function detailOf(failure: unknown): string {
  return failure instanceof ApiError ? failure.detail : text.simulation.unreadable;
}
