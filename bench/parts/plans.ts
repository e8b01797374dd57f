import { previewSteps } from '../../src/backend/plans/plan-preview.ts';
import { MAX_GOALS } from '../../src/contract/plan.ts';
import type { Fleet, TemplateNodes } from '../../src/domain/fleet.ts';
import { freeNodesOf } from '../../src/domain/plan/free-ledger.ts';
import { orderGoals } from '../../src/domain/plan/order.ts';
import type { Goal } from '../../src/domain/plan/plan.ts';
import { NO_REVISION } from '../../src/domain/revision.ts';
import { known } from '../../src/domain/sourced.ts';
import { median, type Report } from '../measurements.ts';

const CLUSTERS = 1_000;
const TEMPLATES = 20;
const HELD = 4;
const NODES = CLUSTERS * TEMPLATES * HELD;
const STEPS = 200;
const ROUNDS = 15;

/** Measures what a plan's author waits for: its steps put into order, and what they would do to the fleet. */
export function benchPlans({ report }: { readonly report: Report }): void {
  const fleet = fleetOf();
  const row = (what: string, value: number, atMost: number, note: string) =>
    report({ part: 'plans', what, nodes: NODES, value, unit: 'ms', atMost, note });
  // Each gives back some templates and takes others, as when teams are reorganised.
  const moves = goalsOf(STEPS, (index, template) => HELD + (((index + template) % 3) - 1));
  const planned = () => previewSteps(orderGoals(moves, freeNodesOf(fleet)), fleet);
  row(`order and preview of ${String(STEPS)} steps`, timed(planned), 100, 'each changes 14 templates');
  const steps = orderGoals(moves, freeNodesOf(fleet));
  row(
    `preview of ${String(steps.length)} steps`,
    timed(() => previewSteps(steps, fleet)),
    100,
    'in a given order',
  );
  // Nothing fits anywhere, so each goal is looked at again and again.
  const largest = goalsOf(MAX_GOALS, (index, template) => (template === index % TEMPLATES ? 0 : 1_000));
  const worst = () => previewSteps(orderGoals(largest, freeNodesOf(fleet)), fleet);
  row(`order and preview of ${String(MAX_GOALS)} that don’t fit`, timed(worst), 500, 'the largest request');
}

function goalsOf(count: number, to: (index: number, template: number) => number): readonly Goal[] {
  const sets = (of: (template: number) => number) =>
    Object.fromEntries(Array.from({ length: TEMPLATES }, (_, template) => [templateOf(template), of(template)]));
  return Array.from({ length: count }, (_, index) => ({
    clusterId: idOf(index),
    divisible: false,
    from: sets(() => HELD),
    to: sets((template) => to(index, template)),
  }));
}

function timed(act: () => unknown): number {
  act();
  return median(
    Array.from({ length: ROUNDS }, () => {
      const begun = performance.now();
      act();
      return performance.now() - begun;
    }),
  );
}

const idOf = (index: number) => `team-${String(index).padStart(4, '0')}`;
const templateOf = (index: number) => `template-${String(index)}`;

/** Nothing is free: what is taken has been given back before. */
function fleetOf(): Fleet {
  const count = (value: number) => known(value, 'state');
  const templates = Array.from({ length: TEMPLATES }, (_, index): TemplateNodes => ({
    templateId: templateOf(index),
    count: HELD,
    used: count(1),
    reserved: count(0),
    idle: count(HELD - 1),
    dead: count(0),
    removable: { count: HELD - 1, atMost: false },
  }));
  const clusters = Array.from({ length: CLUSTERS }, (_, index) => {
    const id = idOf(index);
    const usedBy = known({ jobs: [], jobClusters: [] }, 'state');
    return [id, { id, divisible: false, revision: NO_REVISION, templates, usedBy }] as const;
  });
  return {
    clusters: new Map(clusters),
    pool: {
      templates: templates.map(({ templateId }) => ({
        templateId,
        free: known({ count: 0, atMost: false }, 'state'),
        alive: count(CLUSTERS * HELD),
        isHeadTemplate: false,
      })),
      jobClusters: known([], 'state'),
    },
    nodes: new Map(),
  };
}
