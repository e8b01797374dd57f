import { countText } from './count-text.ts';
export const simulation = {
  title: 'Simulation',
  intro: 'This Ray is simulated. Nothing here touches a real one. Press a button and watch what the page makes of it.',
  close: 'Close the simulation',
  nothingYet: 'Nothing done yet.',
  loading: 'Asking the simulator.',
  failed: (detail: string) => `That did not work. ${detail}`,
  unreadable: 'The simulator answered something that this page does not understand. Reload the page.',
  cluster: {
    title: 'In a virtual cluster',
    choose: 'Virtual cluster',
    none: 'There is no virtual cluster. Create one first.',
    edit: (id: string) => `Another administrator edits ${id}`,
    editSomething: 'Another administrator edits it',
    edited: (id: string, templateId: string, before: number, after: number) =>
      `Another administrator changed ${id}: ${templateId} ${countText(before)} → ${countText(after)}.`,
    nothingToEdit: (id: string) =>
      `Ray lets nobody change ${id} now: no node is free for it, and none of its own can go.`,
    startJob: 'Start a job',
    startedAlone: (submissionId: string, id: string, templateId: string) =>
      `Started ${submissionId} in ${id}, on one ${templateId} node of its own.`,
    startedShared: (submissionId: string, id: string) => `Started ${submissionId} in ${id}.`,
    noNodeForJob: (id: string) => `${id} has no node that a job could have.`,
    jobFailed: (submissionId: string, id: string) =>
      `Started ${submissionId} in ${id}, and it failed at once: no node there is left for it.`,
    kill: 'Kill a node',
    killed: (nodeId: string, templateId: string, id: string) =>
      `Killed node ${nodeId.slice(0, 8)} (${templateId}) of ${id}. Ray notices within seconds, and puts a free node in its place.`,
    noNode: (id: string) => `${id} has no alive node.`,
  },
  jobs: {
    title: 'Jobs',
    choose: 'Job',
    option: (submissionId: string, clusterId: string | null) =>
      clusterId === null ? submissionId : `${submissionId} in ${clusterId}`,
    none: 'No job runs.',
    finish: 'Finish a job',
    finished: (submissionId: string) => `Finished ${submissionId}.`,
    finishedAlone: (submissionId: string) =>
      `Finished ${submissionId}. Its job cluster stays behind and holds its nodes.`,
  },
  nodes: {
    title: 'Nodes',
    template: 'Template',
    count: 'Count',
    add: 'Add nodes',
    added: (count: number, templateId: string) =>
      count === 1 ? `Added 1 node of ${templateId}.` : `Added ${String(count)} nodes of ${templateId}.`,
    fill: 'Fill every node',
    filled: "Every node's CPUs are used. Ray's state API fails from now on, as a real one's does.",
  },
  ray: {
    title: 'Ray',
    goAway: 'Ray goes away',
    wentAway: 'Ray does not answer any more.',
    comeBack: 'Ray comes back',
    cameBack: 'Ray answers again.',
    loseReply: 'Lose the next reply',
    loseRequest: 'Lose the next save',
    stale: 'Make the next read stale',
    armed: {
      loseReply: 'The next save will take effect, and its answer will be lost.',
      loseRequest: 'The next save will be lost on its way to Ray, and nobody will say so.',
      stale: 'The next read of the list will answer what the one before it answered.',
    },
    restart: 'Restart Ray',
    restarted: 'Ray was restarted: another session, with nothing of the one before.',
    clock: 'Advance the clock by 1 minute',
    clockAdvanced: "The simulated Ray's clock is 1 minute further.",
    day: 'Let a day pass',
    dayHelp: 'Adds a simulated day of use before the oldest one in Usage. The fleet and its journal stay as they are.',
    dayPassed: (day: string) =>
      `Usage has one more simulated day, before the oldest one: ${day} (UTC). The fleet and its journal are as before.`,
  },
  reset: {
    title: 'Start over',
    scenario: 'Scenario',
    scenarios: {
      demo: 'Demo: 60 nodes, 6 virtual clusters, jobs',
      busy: 'Busy: the demo with one node full',
      empty: 'Empty: 60 nodes, no virtual cluster',
      'head-only': 'Only the head node',
      large: 'Large: 10,000 nodes, 100 virtual clusters',
    },
    seed: 'Seed',
    seedWrong: 'Type a whole number from 0 to 4294967295.',
    reset: 'Reset',
    done: (scenario: string, seed: number) => `Started over: ${scenario}, seed ${String(seed)}.`,
  },
};
