import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyMemory } from './fleet-memory.ts';
import { joinFleet } from './join.ts';
import { failing, nothingRead, readings, revision, type SmallFleet } from '../testing/harness/small-fleet.ts';

const step = fc.record({
  what: fc.constantFrom('start', 'end', 'release', 'die', 'replace', 'nothing'),
  n: fc.nat(5),
  readsState: fc.boolean(),
});

/** A Ray with one divisible cluster: jobs get nodes of it, and dead nodes are replaced (facts 6, 21, 22, 23). */
function createTeam() {
  const dead = new Set<string>();
  const members = new Set(['a', 'b', 'c', 'd', 'e', 'f']);
  const free = new Set(['g', 'h']);
  const jobs = new Map<string, { readonly nodes: Set<string>; runs: boolean }>();
  let moves = 0;
  let started = 0;
  const holderOf = (id: string) => [...jobs].find(([, { nodes }]) => nodes.has(id))?.[0] ?? null;
  const undivided = () => [...members].filter((id) => holderOf(id) === null && !dead.has(id));

  function replaceDead() {
    for (const id of [...members].filter((each) => dead.has(each))) {
      const job = jobs.get(holderOf(id) ?? '');
      const [fromPool] = free;
      const spare = job === undefined ? undefined : undivided()[0];
      const replacement = fromPool ?? spare;
      if (replacement === undefined) continue;
      if (fromPool !== undefined) {
        free.delete(fromPool);
        members.add(fromPool).delete(id);
      }
      // A job may get an undivided member for its dead one: neither members nor revision tell.
      if (job !== undefined) job.nodes.add(replacement).delete(id);
      return;
    }
  }

  return {
    isReserved: (id: string) => holderOf(id) !== null && !dead.has(id),
    act(what: string, n: number) {
      const [id, job] = [...jobs][n % Math.max(1, jobs.size)] ?? [];
      if (what === 'start' && undivided().length > 0) {
        jobs.set(`team##j${String((started += 1))}`, { nodes: new Set(undivided().slice(0, 1 + (n % 3))), runs: true });
        moves += 1;
      } else if (what === 'end' && job !== undefined) job.runs = false;
      else if (what === 'release' && id !== undefined) {
        jobs.delete(id);
        moves += 1;
      } else if (what === 'die') dead.add([...members][n] ?? 'a');
      else if (what === 'replace') replaceDead();
    },
    fleet(): SmallFleet {
      const all = [...new Set([...members, ...free, ...dead])];
      return {
        nodes: all.map((id) => ({ id, template: 't', dead: dead.has(id) })),
        clusters: { team: [...members] },
        divisible: ['team'],
        revisions: { team: revision(String(1795469080484243902n + BigInt(moves))) },
        jobClusters: Object.fromEntries([...jobs].map(([id, { nodes }]) => [id, [...nodes]])),
        supervisors: [...jobs].flatMap(([clusterId, { nodes, runs }]) => {
          const nodeId = [...nodes].find((id) => !dead.has(id));
          return runs && nodeId !== undefined ? [{ submissionId: clusterId, nodeId, clusterId }] : [];
        }),
      };
    },
  };
}

test('whatever jobs start, end and are released, and whatever dies, no node is called reserved or idle that is not', () => {
  const always = ['list', 'liveness', 'summary', 'actors', 'jobs'] as const;
  let decided = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25, size: 'max' }), (steps) => {
      const team = createTeam();
      let sources = nothingRead;
      let memory = emptyMemory();
      steps.forEach(({ what, n, readsState }, index) => {
        team.act(what, n);
        const fleet = team.fleet();
        const at = 10 * index;
        sources = { ...sources, ...readings(fleet, always, at) };
        if (readsState) sources = { ...sources, ...readings(fleet, ['state'], at + 1) };
        else sources = failing(sources, ['state'], 'node-full');
        const joined = joinFleet(sources, memory);
        memory = joined.memory;
        for (const node of joined.fleet.nodes.values()) {
          if (node.clusterId === null || node.state !== 'alive' || !node.use.known || node.use.value === 'used')
            continue;
          if (!readsState) decided += 1;
          expect(node.use.value).toBe(team.isReserved(node.id) ? 'reserved' : 'idle');
        }
        for (const { count, used, reserved, idle, dead } of joined.fleet.clusters.get('team')?.templates ?? [])
          if (used.known && reserved.known && idle.known && dead.known)
            expect(used.value + reserved.value + idle.value + dead.value).toBe(count);
      });
    }),
    { seed: 11, numRuns: 400 },
  );
  // Otherwise the property would hold of a join that never decides.
  expect(decided).toBeGreaterThan(100);
});
