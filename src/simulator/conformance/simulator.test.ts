import { describe, expect, it } from 'vitest';
import { groups } from './cases/all.ts';
import { differences } from './transcript-diff.ts';
import { Conversation } from './conversation.ts';
import { SimulatedTarget } from './simulated-target.ts';
import { readTranscripts } from './transcripts.ts';

/** What `transcripts/` holds was said by a real Ant Ray: `test-ray.sh` checks that it still says the same. */
describe('the simulator answers as a real Ant Ray did', () => {
  it('in at least 100 cases', () => {
    expect(groups.flatMap((group) => group.cases).length).toBeGreaterThanOrEqual(100);
  });

  for (const group of groups) {
    describe(group.name, () => {
      const transcripts = readTranscripts(group.name);

      it('has a transcript of each case and of no other', () => {
        expect(Object.keys(transcripts).toSorted()).toEqual(group.cases.map((one) => one.name).toSorted());
      });

      for (const one of group.cases) {
        it(one.name, async () => {
          const ray = new Conversation(await SimulatedTarget.start());
          await one.run(ray);
          expect(differences(transcripts[one.name] ?? [], ray.steps)).toEqual([]);
        });
      }
    });
  }
});
