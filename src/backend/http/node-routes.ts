import type { Clock } from '../../clock.ts';
import { MAX_MAP_NODES } from '../../contract/map.ts';
import type { NodeDetail, NodeQuery } from '../../contract/nodes.ts';
import { jobsOn } from './node-jobs.ts';
import type { Handlers, RouteContext } from './handler.ts';
import { nodePage, nodeRow, parseNodeQuery } from './node-query.ts';
import { parseWholeNumber } from './query-parameters.ts';
import { createNodeSearch } from '../nodes/node-search.ts';
import { listNotReadYet, noSuchCluster, problemReply } from '../web/problem-reply.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { ShownFleet } from '../fleet/shown-fleet.ts';
import type { Poller } from '../polling/poller.ts';

export interface NodeRouteParts {
  readonly store: FleetStore;
  readonly shown: ShownFleet;
  readonly poller: Pick<Poller, 'noteInterest'>;
  readonly clock: Clock;
}

/** Nodes: pages of them, a single one, the map, and recent fleet events. */
export function createNodeRoutes({ store, shown, poller, clock }: NodeRouteParts) {
  const search = createNodeSearch();

  /** Which state of the fleet a reply shows, and when that was read if it is not current. */
  function asOf() {
    const version = shown.version();
    const lastKnownAt = store.nodeFeed().lastKnownAt();
    return lastKnownAt === null ? { version } : { version, lastKnownAt };
  }

  /** `within`: what the path itself restricts the query to. */
  function listNodes(c: RouteContext, within: Pick<NodeQuery, 'cluster'>): Response {
    poller.noteInterest();
    const query = parseNodeQuery(new URL(c.req.url).searchParams);
    if (typeof query === 'string') return badQuery(query);
    const feed = store.nodeFeed();
    const found = search.find({ registry: feed.registry(), map: feed.map().number() }, { ...query, ...within });
    return c.json(nodePage(found, query, asOf()));
  }

  return {
    'GET nodes': (c) => listNodes(c, {}),
    'GET clusterNodes'(c, cluster) {
      if (cluster !== null && store.fleet().clusters.has(cluster)) return listNodes(c, { cluster });
      poller.noteInterest();
      return store.state('list').last === null ? listNotReadYet() : noSuchCluster();
    },
    'GET node'(c, id) {
      poller.noteInterest();
      const record = id === null ? undefined : store.nodeFeed().registry().records.get(id);
      if (record === undefined)
        return problemReply(
          404,
          'no-such-node',
          'There is no node of this id now. It may have died a while ago, or left.',
        );
      const jobs = jobsOn(record.node.id, store);
      const detail: NodeDetail = { ...asOf(), node: nodeRow(record), jobs };
      return c.json(detail);
    },
    'GET map'(c) {
      poller.noteInterest();
      const map = store.nodeFeed().map();
      return c.json(map.since(c.req.query('since') ?? null));
    },
    'GET mapNodes'(c) {
      poller.noteInterest();
      const section = c.req.query('section');
      const from = parseWholeNumber(c.req.query('from') ?? null, 0);
      const to = from === null ? null : parseWholeNumber(c.req.query('to') ?? null, from + MAX_MAP_NODES);
      if (section === undefined) return badQuery('section must be the key of a section of the map.');
      if (from === null || to === null || to < from)
        return badQuery('from and to must be whole numbers from 0, and to no less than from.');
      if (to - from > MAX_MAP_NODES)
        return badQuery(`At most ${String(MAX_MAP_NODES)} slots can be asked for at once.`);
      const found = store.nodeFeed().map().nodes(section, from, to);
      return found === null
        ? problemReply(404, 'no-such-section', 'The map has no section of this key now.')
        : c.json(found);
    },
    'GET lately'(c) {
      poller.noteInterest();
      const since = parseWholeNumber(c.req.query('since') ?? null, 0);
      return since === null
        ? badQuery('since must be a whole number from 0.')
        : c.json(store.nodeFeed().eventLog().since(since, clock.now()));
    },
  } satisfies Partial<Handlers>;
}

function badQuery(detail: string): Response {
  return problemReply(400, 'bad-query', detail);
}
