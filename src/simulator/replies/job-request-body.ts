import type { JobRequest } from '../engine/jobs.ts';
import { PythonError } from './python-error.ts';
import { parsePythonJson, type PythonValue } from './python-json.ts';
import { PRIMARY_CLUSTER_ID } from '../engine/world.ts';

/**
 * Reads the body of `POST /api/jobs/` (fact 22); throws the `PythonError` that Ray answers with 400. A job submitted
 * this way uses no CPUs: only the control API starts jobs that do.
 */
export function readJobBody(text: string): JobRequest {
  const body = parsePythonJson(text);
  if (body.type !== 'dict') throw new PythonError('TypeError', `argument after ** must be a mapping, not ${body.type}`);
  const { members } = body;
  const entrypoint = members.get('entrypoint');
  if (entrypoint === undefined) {
    throw new PythonError(
      'TypeError',
      "JobSubmitRequest.__init__() missing 1 required positional argument: 'entrypoint'",
    );
  }
  const submissionId = textOf('submission_id', members);
  return {
    entrypoint: textOf('entrypoint', members) ?? '',
    clusterId: textOf('virtual_cluster_id', members) ?? PRIMARY_CLUSTER_ID,
    replicaSets: readReplicaSets(members.get('replica_sets')),
    cpus: 0,
    ...(submissionId === null ? {} : { submissionId }),
  };
}

function textOf(name: string, members: ReadonlyMap<string, PythonValue>): string | null {
  const value = members.get(name);
  if (value === undefined || value.type === 'NoneType') return null;
  if (value.type !== 'str') throw new PythonError('TypeError', `${name} must be a string, got <class '${value.type}'>`);
  return value.value;
}

function readReplicaSets(value: PythonValue | undefined): ReadonlyMap<string, number> | null {
  if (value === undefined || value.type === 'NoneType') return null;
  if (value.type !== 'dict')
    throw new PythonError('TypeError', `replica_sets must be a dict, got <class '${value.type}'>`);
  const sets = new Map<string, number>();
  for (const [templateId, count] of value.members) {
    if (count.type !== 'int')
      throw new PythonError('TypeError', `replica_sets values must be ints, got <class '${count.type}'>`);
    sets.set(templateId, Number(count.value));
  }
  return sets;
}
