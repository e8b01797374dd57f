import { useQueries } from '@tanstack/react-query';
import type { MembershipDiff } from '../../contract/change.ts';
import { useConsole } from '../api/console.tsx';
import { nodeQuery } from '../api/map-queries.ts';
import { text } from '../text/text.ts';
import classes from './moved-nodes.module.css';

/** The most nodes whose new place is looked up, how often, ms, and how many times at most. */
const MAX_FOLLOWED = 5;
const FOLLOW_INTERVAL = 2_000;
const MAX_LOOKS = 30;

/** Who waited for nodes like those that left, as the change remembers it: Ray gives them to these first (fact 32). */
export function AwaitedNodes({ moved }: { readonly moved: MembershipDiff }) {
  return <Lines lines={moved.awaitedBy.map((each) => text.panel.moved.awaited(each))} />;
}

/** The same just after the change: it looks where the nodes went, until it is known of each or a minute has passed. */
export function FollowedNodes({ moved }: { readonly moved: MembershipDiff }) {
  const { api } = useConsole();
  const { awaitedBy, left } = moved;
  const templates = new Set(awaitedBy.map(({ templateId }) => templateId));
  const followed = left.filter(({ templateId }) => templates.has(templateId)).slice(0, MAX_FOLLOWED);
  const holders = useQueries({
    queries: followed.map(({ id }) => ({
      ...nodeQuery(api, id),
      refetchInterval: ({
        state,
      }: {
        readonly state: { readonly data: FoundNode; readonly dataUpdateCount: number };
      }) => (holderOf(state.data) === null && state.dataUpdateCount < MAX_LOOKS ? FOLLOW_INTERVAL : false),
    })),
    combine: (results) => results.map(({ data }) => holderOf(data)),
  });
  const lines = awaitedBy.map((each) => {
    const went = followed.filter(
      ({ templateId }, index) => templateId === each.templateId && holders[index] === each.clusterId,
    ).length;
    return went === 0 ? text.panel.moved.awaits(each) : text.panel.moved.wentTo({ ...each, went });
  });
  return <Lines lines={lines} />;
}

type FoundNode = { readonly node: { readonly clusterId: string | null } } | null | undefined;

function holderOf(found: FoundNode): string | null {
  return found?.node.clusterId ?? null;
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return lines.map((line) => (
    <p key={line} className={classes['line']}>
      {line}
    </p>
  ));
}
