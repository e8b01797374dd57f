import { Hono, type Context } from 'hono';
import type { Clock } from '../../clock.ts';
import { MAX_MAP_NODES } from '../../contract/map.ts';
import type { NodeDetail, NodeQuery } from '../../contract/nodes.ts';
import { paths } from '../../contract/paths.ts';
import { jobsOn } from './node-jobs.ts';
import { nodePage, nodeRow, parseNodeQuery, parseWholeNumber } from './node-query.ts';
import { createNodeSearch } from '../nodes/node-search.ts';
import { pathSegment } from '../web/path-segment.ts';
import { listNotReadYet, noSuchCluster, problemReply } from '../web/problem-reply.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { ShownFleet } from '../fleet/shown-fleet.ts';
import type { Poller } from '../polling/poller.ts';

export interface NodeRouteParts {
  readonly model: FleetStore;
  readonly shown: ShownFleet;
  readonly watch: Pick<Poller, 'noteInterest'>;
  readonly clock: Clock;
}

/** The paths that tell of single nodes: pages of them, one of them, the map, and what happened to them. */
export function createNodeRoutes({ model, shown, watch, clock }: NodeRouteParts): Hono {
  const app = new Hono({ strict: true });
  const search = createNodeSearch();

  app.get(paths.nodes, (c) => nodes(c, {}));

  app.get('/api/clusters/:id/nodes', (c) => {
    const cluster = pathSegment(c.req.raw, 3);
    if (cluster !== null && model.fleet().clusters.has(cluster)) return nodes(c, { cluster });
    watch.noteInterest();
    return model.state('list').last === null ? listNotReadYet() : noSuchCluster();
  });

  app.get('/api/nodes/:id', (c) => {
    watch.noteInterest();
    const id = pathSegment(c.req.raw, 3);
    const record = id === null ? undefined : model.nodeFeed().registry().records.get(id);
    if (record === undefined)
      return problemReply(
        404,
        'no-such-node',
        'There is no node of this id now. It may have died a while ago, or left.',
      );
    const detail: NodeDetail = { version: shown.version(), node: nodeRow(record), jobs: jobsOn(record.node.id, model) };
    return c.json(detail);
  });

  app.get(paths.map, (c) => {
    watch.noteInterest();
    return c.json(
      model
        .nodeFeed()
        .map()
        .since(c.req.query('since') ?? null),
    );
  });

  app.get(paths.mapNodes, (c) => {
    watch.noteInterest();
    const section = c.req.query('section');
    const from = parseWholeNumber(c.req.query('from') ?? null, 0);
    const to = from === null ? null : parseWholeNumber(c.req.query('to') ?? null, from + MAX_MAP_NODES);
    if (section === undefined) return badQuery('section must be the key of a section of the map.');
    if (from === null || to === null || to < from)
      return badQuery('from and to must be whole numbers from 0, and to no less than from.');
    if (to - from > MAX_MAP_NODES) return badQuery(`At most ${String(MAX_MAP_NODES)} slots can be asked for at once.`);
    const found = model.nodeFeed().map().nodes(section, from, to);
    return found === null
      ? problemReply(404, 'no-such-section', 'The map has no section of this key now.')
      : c.json(found);
  });

  app.get(paths.lately, (c) => {
    watch.noteInterest();
    const since = parseWholeNumber(c.req.query('since') ?? null, 0);
    return since === null
      ? badQuery('since must be a whole number from 0.')
      : c.json(model.nodeFeed().eventLog().since(since, clock.now()));
  });

  /** `within`: what is asked for by the path itself. */
  function nodes(c: Context, within: Pick<NodeQuery, 'cluster'>): Response {
    watch.noteInterest();
    const query = parseNodeQuery(new URL(c.req.url).searchParams);
    if (typeof query === 'string') return badQuery(query);
    const feed = model.nodeFeed();
    const found = search.find({ registry: feed.registry(), map: feed.map().number() }, { ...query, ...within });
    return c.json(nodePage(found, query, shown.version()));
  }

  return app;
}

function badQuery(detail: string): Response {
  return problemReply(400, 'bad-query', detail);
}
