import { removeCluster, saveCluster } from '../engine/clusters.ts';
import { PythonError } from './python-error.ts';
import { readSaveBody, type SaveRequestBody } from './save-request-body.ts';
import { pythonCounts, pythonObject, pythonString, pythonStringOrNull } from './python-text.ts';
import { hashOf } from '../engine/random.ts';
import { crashReply, envelope, jsonReply, shuffledObject, type SimReply } from './reply.ts';
import { saveTraceback } from './tracebacks.ts';
import { inHashOrder, sortedByRank } from '../engine/hash-order.ts';
import type { Cluster, World } from '../engine/world.ts';

/** `GET /virtual_clusters`: all virtual clusters in hash order. Unchanged rows are cached. */
export function listReply(world: World): SimReply {
  const rows = inHashOrder(world.clusters.values(), world.seed).map((cluster) => {
    cluster.cachedRow ??= clusterRow(cluster, world.seed);
    return cluster.cachedRow;
  });
  const parts = ['{"result": true, "msg": "All virtual clusters fetched.", "data": {"virtualClusters": ['];
  rows.forEach((row, index) => parts.push(index === 0 ? row : `, ${row}`));
  parts.push(']}}');
  return jsonReply(200, ...parts);
}

function clusterRow(cluster: Cluster, seed: number): string {
  return shuffledObject(
    [
      ['nodeInstances', nodeInstances(cluster)],
      ['revision', String(cluster.revision)],
      ['isRemoved', 'false'],
      ['virtualClusterId', pythonString(cluster.id)],
      // A string, although the API's documentation shows a boolean (fact 2).
      ['divisible', cluster.divisible ? '"true"' : '"false"'],
    ],
    hashOf(cluster.id, seed),
  );
}

/** Members including dead ones, which nothing marks (fact 20). */
function nodeInstances(cluster: Cluster): string {
  return pythonObject(
    sortedByRank(cluster.nodes).map((node) => [
      node.id,
      `{"hostname": ${pythonString(node.hostname)}, "templateId": ${pythonString(node.templateId)}}`,
    ]),
  );
}

/** `POST /virtual_clusters`. `text`: the body as received. */
export function saveReply(world: World, text: string): SimReply {
  let body: SaveRequestBody;
  try {
    body = readSaveBody(text);
  } catch (error) {
    if (error instanceof PythonError) return crashReply(saveTraceback(error.lastLine));
    throw error;
  }
  const saved = saveCluster(world, body);
  const shownId = pythonStringOrNull(body.shownId);
  if (!saved.ok) {
    const data = pythonObject([
      ['virtualClusterId', shownId],
      ['replicaSetsToRecommend', pythonCounts(saved.recommended)],
    ]);
    return envelope(
      false,
      `Failed to create or update virtual cluster ${body.shownId ?? 'None'}: ${saved.message}`,
      data,
    );
  }
  const data = pythonObject([
    ['virtualClusterId', shownId],
    ['revision', String(saved.cluster.revision)],
    ['nodeInstances', nodeInstances(saved.cluster)],
  ]);
  return envelope(true, 'Virtual cluster created or updated.', data);
}

/** `DELETE /virtual_clusters/{id}`. */
export function removeReply(world: World, clusterId: string): SimReply {
  const refusal = removeCluster(world, clusterId);
  const data = pythonObject([['virtualClusterId', pythonString(clusterId)]]);
  if (refusal === null) return envelope(true, `Virtual cluster ${clusterId} removed.`, data);
  return envelope(false, `Failed to remove virtual cluster ${clusterId}: ${refusal}`, data);
}
