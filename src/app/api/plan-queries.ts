import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { paths } from '../../contract/paths.ts';
import { planList, planReply, type PlanCommand, type PlanReply, type PlanRequest } from '../../contract/plan.ts';
import type { Api } from './client.ts';
import { queryKeys } from './query-keys.ts';

/** `version`: of the fleet, which grows with every change of a plan and of what a preview rests on. */
export function plansQuery(api: Api, version: string | null) {
  return queryOptions({
    queryKey: queryKeys.plans.list(version),
    queryFn: ({ signal }) => api.read(paths.plans, {}, planList, signal),
    gcTime: 0,
  });
}

export function planQuery(api: Api, id: string, version: string | null) {
  return queryOptions({
    queryKey: queryKeys.plans.one(id, version),
    queryFn: ({ signal }) => api.read(paths.plan(id), {}, planReply, signal),
    gcTime: 0,
    retry: false,
  });
}

export function putPlan(api: Api, id: string, request: PlanRequest): Promise<PlanReply> {
  return api.write('PUT', paths.plan(id), request, planReply);
}

export function commandPlan(api: Api, id: string, command: PlanCommand): Promise<PlanReply> {
  return api.write('POST', paths.planRun(id), command, planReply);
}

export async function deletePlan(api: Api, id: string, version: number): Promise<void> {
  await api.write('DELETE', `${paths.plan(id)}?version=${String(version)}`, undefined, z.null());
}
