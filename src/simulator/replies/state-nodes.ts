import { DEATH_MESSAGE } from '../engine/node-lifecycle.ts';
import { pythonFloat, pythonObject } from './python-text.ts';
import { shuffledObject, statePage, type SimReply } from './reply.ts';
import { matchesFilters, MAX_ROWS, type StateQuery } from './state-query.ts';
import type { SimNode, World } from '../engine/world.ts';

/** `GET /api/v0/nodes` (facts 19, 20): every node that Ray remembers, by id, without its template; never cached. */
export function stateNodesReply(world: World, options: StateQuery): SimReply {
  const all = [...world.nodes.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  // Ray cuts the rows before it applies the filters (fact 17).
  const given = all.slice(0, MAX_ROWS);
  const wanted = given.filter((node) =>
    matchesFilters(options, {
      node_id: node.id,
      node_ip: node.ip,
      node_name: node.ip,
      is_head_node: node.isHead,
      state: stateOf(node),
    }),
  );
  return statePage(
    { total: all.length, afterTruncation: given.length, filtered: wanted.length },
    wanted.slice(0, options.limit).map((node) => rowOf(node, options.detail)),
  );
}

/** As Ray reports it: a killed node is alive until Ray notices (fact 20). */
function stateOf(node: SimNode): 'ALIVE' | 'DEAD' {
  return node.state === 'dead' ? 'DEAD' : 'ALIVE';
}

function rowOf(node: SimNode, detail: boolean): string {
  const isDead = node.state === 'dead';
  const members: (readonly [string, string])[] = [
    ['state', `"${stateOf(node)}"`],
    ['node_name', `"${node.ip}"`],
    ['state_message', isDead ? `"${DEATH_MESSAGE}"` : 'null'],
    ['is_head_node', String(node.isHead)],
    ['node_id', `"${node.id}"`],
    ['resources_total', resourcesTotal(node)],
    ['labels', `{"ray.io/node_id": "${node.id}"}`],
    ['node_ip', `"${node.ip}"`],
  ];
  if (detail) {
    members.push(['start_time_ms', String(Math.floor(node.startedAt))]);
    members.push(['end_time_ms', String(isDead ? Math.floor(node.diedAt ?? 0) : 0)]);
  }
  return shuffledObject(members, node.hashRank);
}

/** A node's resources in CPUs and bytes, as in the summary too. */
export function resourcesTotal(node: SimNode): string {
  const { cpus, gpus, memory, objectStore } = node.capacity;
  const members: (readonly [string, string])[] = [[`node:${node.ip}`, '1.0']];
  if (node.isHead) members.push(['node:__internal_head__', '1.0']);
  if (cpus !== null) members.push(['CPU', pythonFloat(cpus)]);
  if (gpus !== null) members.push(['GPU', pythonFloat(gpus)]);
  members.push(['memory', pythonFloat(memory)], ['object_store_memory', pythonFloat(objectStore)]);
  return node.hashRank % 3 === 0 ? shuffledObject(members, node.hashRank | 1) : pythonObject(members);
}
