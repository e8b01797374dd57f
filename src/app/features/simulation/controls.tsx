import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import { ApiError } from '../../api/api-error.ts';
import { useConsole } from '../../api/console.tsx';
import { readRoute } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { withoutBasePath } from '../../routing/base-path.ts';
import { ClusterActions } from './cluster-actions.tsx';
import { createSimulatorClient, summaryQuery } from './simulator-client.ts';
import { JobActions, NodeActions } from './fleet-actions.tsx';
import type { Move } from './actions.ts';
import { RayActions, ResetForm } from './ray-actions.tsx';
import classes from './simulation.module.css';

/** The buttons, and above them the line that says what the last one did. */
export function Controls() {
  const { api } = useConsole();
  const client = useQueryClient();
  const control = useMemo(() => createSimulatorClient(api), [api]);
  const { data: summary, error } = useQuery(summaryQuery(control));
  const shownId = shownClusterId(withoutBasePath(usePathname()));
  const [said, setSaid] = useState<{ readonly failed: boolean; readonly words: string }>({
    failed: false,
    words: text.simulation.nothingYet,
  });
  // Read by handlers that run twice before the next drawing: a double click is one move.
  const isRunning = useRef(false);

  async function make(move: Move) {
    if (isRunning.current) return;
    isRunning.current = true;
    try {
      setSaid({ failed: false, words: await move(control) });
    } catch (failure) {
      setSaid({ failed: true, words: text.simulation.failed(detailOf(failure)) });
    } finally {
      isRunning.current = false;
    }
    await client.invalidateQueries({ queryKey: summaryQuery(control).queryKey });
  }

  return (
    <>
      <p className="quiet">{text.simulation.intro}</p>
      <p role="status" className={classes['said']} data-failed={said.failed}>
        {said.words}
      </p>
      {error !== null && <p className={classes['trouble']}>{text.simulation.failed(detailOf(error))}</p>}
      {summary === undefined && error === null && <p className="quiet">{text.simulation.loading}</p>}
      {summary !== undefined && (
        <>
          <ClusterActions summary={summary} run={make} shownId={shownId} />
          <JobActions summary={summary} run={make} />
          <NodeActions summary={summary} run={make} />
          <RayActions summary={summary} run={make} />
          <ResetForm summary={summary} run={make} />
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
