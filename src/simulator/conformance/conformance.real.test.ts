import { describe, expect, it } from 'vitest';
import { groups } from './cases/all.ts';
import { differences } from './transcript-diff.ts';
import { Conversation } from './conversation.ts';
import { RealTarget } from './real-target.ts';
import { readTranscripts, writeTranscript } from './transcripts.ts';

const environment = (name: string) => process.env[`RAY_LAB_${name}`] ?? '';
const isStarted = environment('DASHBOARD_PORT') !== '';
const canRunJobs = environment('JOBS') === '1';
const isRecording = process.env['UPDATE_TRANSCRIPTS'] === '1';

describe.skipIf(!isStarted)('a real Ant Ray, started by test-ray.sh', () => {
  const target = new RealTarget({
    dashboardPort: Number(environment('DASHBOARD_PORT')),
    controlPort: Number(environment('CONTROL_PORT')),
    python: environment('PYTHON'),
    folder: environment('FOLDER') || '.cache/lab',
  });
  for (const group of groups) {
    describe(group.name, () => {
      for (const one of group.cases) {
        it.skipIf(one.jobs === true && !canRunJobs)(one.name, async () => {
          await target.prepare({ jobs: one.jobs === true });
          const ray = new Conversation(target);
          await one.run(ray);
          if (isRecording) writeTranscript(group.name, one.name, ray.steps);
          expect(differences(readTranscripts(group.name)[one.name] ?? [], ray.steps)).toEqual([]);
        });
      }
    });
  }
});
