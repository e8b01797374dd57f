import { useEffect } from 'react';
import { useFleet } from '../api/console.tsx';

/** Runs a task when the browser has nothing else to do; returns what cancels it. */
function whenIdle(task: () => void): () => void {
  // Safari has no idle callbacks.
  if (typeof window.requestIdleCallback !== 'function') {
    const timer = window.setTimeout(task, 1_000);
    return () => window.clearTimeout(timer);
  }
  const handle = window.requestIdleCallback(task, { timeout: 2_000 });
  return () => window.cancelIdleCallback(handle);
}

/** Loads a virtual cluster's panel and its chart once the list is there, so that the first one opens as fast as the others. It shows nothing. */
export function PanelAhead({ load }: { readonly load: () => Promise<unknown> }) {
  const isListThere = useFleet().fleet !== null;
  // What can't be loaded now is loaded when it is needed, which then reports a failure.
  useEffect(() => (isListThere ? whenIdle(() => void load().catch(() => undefined)) : undefined), [isListThere, load]);
  return null;
}
