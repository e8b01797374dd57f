import { formatValue, limitStatus, type Measurement, type Results } from './measurements.ts';

/** The parts' titles and introductions, in the document's order. */
const chapters: readonly { readonly part: string; readonly title: string; readonly text: string }[] = [
  {
    part: 'list',
    title: 'The list of virtual clusters',
    text: 'The built console over a simulated Ray in a process of its own; Chromium with an empty cache. Main-thread times are processor time of the page’s main thread.',
  },
  {
    part: 'map',
    title: 'The node map',
    text: 'Frames are the processor time of the main thread between the beginnings of two frames, from a trace.',
  },
  {
    part: 'peer',
    title: 'Beside Ant Ray’s own page',
    text: 'Ant Ray’s own page of virtual clusters, as the `ant-ray` wheel brings it, and this console over the same simulated Ray: in turns, in one run, by the same harness, Chromium with an empty cache. Ray’s page shows every node and reads all of it every 4 seconds; the list shows counts. Main-thread times are processor time.',
  },
  {
    part: 'watchers',
    title: 'The server and its watchers',
    text: 'Readers of the stream in a process of their own; nothing changes meanwhile. Memory is heap and buffers after a collection.',
  },
  {
    part: 'reads',
    title: 'An unchanged read of Ray',
    text: 'The same replies parsed by `JSON.parse`, and read whole (validation and join included), in turns in one run.',
  },
  {
    part: 'writes',
    title: 'What the console adds to a write',
    text: 'The same write sent to Ray and through the console, in turns in one run. The journal syncs to the disk before Ray is called and after: these syncs are told apart.',
  },
  {
    part: 'soak',
    title: '200 watchers, a change a second',
    text: 'Changes by another administrator and through the console, in turns.',
  },
  {
    part: 'insiders',
    title: 'People who are in and do their worst',
    text: 'A viewer with 64 slow connections, an operator with the largest changes allowed and a script with a withdrawn token, together, over a journal of 100,000 changes. Other people read meanwhile; their usual times are taken before each minute of it. Pauses are in processor time, since on a busy machine a process also waits for a processor.',
  },
  {
    part: 'usage',
    title: 'Usage over time',
    text: 'A file of 1,000 virtual clusters × 10 templates over 400 days, in which 5 % of the series, and their nodes, move each minute of a working day of ten hours; a sample takes in a fleet of 100,000 nodes. Two days are recorded minute by minute; the days before repeat them.',
  },
  {
    part: 'plans',
    title: 'Plans',
    text: 'Goals for a fleet of 1,000 virtual clusters × 20 templates in which nothing is free, put into an order and played against what is known of the fleet, as for each request of a plan’s page.',
  },
  {
    part: 'rays',
    title: 'Several Rays',
    text: 'One console of 20 Rays of 5,000 nodes beside one of a single Ray of 100,000, in one run; somebody watches each Ray, and the single one has as many watchers. Then one of the 20 is dead, hangs or sends 100 MB of nonsense to each question, in turns with times in which it is well, while others are read.',
  },
  {
    part: 'histories',
    title: 'Histories',
    text: 'Two administrators, scripts, jobs, deaths, restarts and faults: whatever happens, nobody loses a change.',
  },
  { part: 'kills', title: 'Kills', text: 'The server killed under load, started again, and asked for every change.' },
  { part: 'fuzz', title: 'Malicious and random requests', text: 'Requests that try to get past the console.' },
];

/** The text of `docs/performance.md`. */
export function performanceDoc({ at, commit, machine, quick, measured }: Results): string {
  const limited = measured.filter(({ atMost }) => atMost !== null);
  const missed = limited.filter((one) => limitStatus(one) === 'MISSED');
  const head = [
    '# Performance',
    '',
    'This file is made by `npm run bench:doc` from `bench/results.json`; don’t edit it by hand.',
    '',
    `Measured ${at.slice(0, 10)} at ${commit} on ${machine.cpu}, ${String(machine.cores)} cores, ${String(machine.memoryGb)} GiB, ${machine.system}; Node ${machine.node}, ${machine.browser}.${quick ? ' This was a quick run: shorter, and with fewer samples.' : ''}`,
    '',
    ...(machine.load > machine.cores
      ? [
          `**Other work ran beside it**: over its last quarter of an hour ${formatValue(machine.load)} processes wanted to run on ${String(machine.cores)} cores (the bench itself is about 2). Counts and bytes hold all the same; times are longer than on a quiet machine, those of single writes and keys most.`,
          '',
        ]
      : []),
    'Parts that the last run left out are from a run before it.',
    '',
    'To repeat it: `npm run bench` (all of it, about an hour), `npm run bench -- list map --nodes 100,100000` (some parts, some fleets), `npm run bench -- --quick`. The machine should do nothing else meanwhile. Tests gate on counts only (`e2e/counts.spec.ts`, `e2e/weight.spec.ts`), never on times.',
    '',
    `${String(limited.length)} of these have a limit; ${missed.length === 0 ? 'all hold.' : `${String(missed.length)} missed theirs: ${missed.map(({ part, what, nodes }) => `${part}, ${what}${nodes === null ? '' : ` at ${nodes.toLocaleString('en')} nodes`}`).join('; ')}.`}`,
  ];
  const body = chapters.flatMap(({ part, title, text }) => {
    const own = measured.filter((one) => one.part === part);
    return own.length === 0 ? [] : ['', `## ${title}`, '', text, '', ...tableOf(own)];
  });
  return `${[...head, ...body].join('\n')}\n`;
}

/** A table with a row for each measurement and a column for each fleet size. */
function tableOf(measured: readonly Measurement[]): readonly string[] {
  const fleets = [...new Set(measured.map(({ nodes }) => nodes))].sort((a, b) => (a ?? 0) - (b ?? 0));
  const names = [...new Set(measured.map(({ what }) => what))];
  const columns = fleets.map((nodes) => (nodes === null ? 'measured' : `${nodes.toLocaleString('en')} nodes`));
  return [
    `| what | ${columns.join(' | ')} | at most | |`,
    `|---|${columns.map(() => '---:|').join('')}---:|---|`,
    ...names.map((what) => {
      const own = measured.filter((one) => one.what === what);
      const cells = fleets.map((nodes) => {
        const one = own.find((each) => each.nodes === nodes);
        return one === undefined
          ? ''
          : `${withUnit(one.value, one.unit)}${limitStatus(one) === 'MISSED' ? ' **missed**' : ''}`;
      });
      const last = own.at(-1);
      const limit = last === undefined || last.atMost === null ? '' : withUnit(last.atMost, last.unit);
      return `| ${what} | ${cells.join(' | ')} | ${limit} | ${last?.note.replaceAll('|', '/') ?? ''} |`;
    }),
  ];
}

function withUnit(value: number, unit: Measurement['unit']): string {
  return unit === 'count' || unit === 'ratio'
    ? `${formatValue(value)}${unit === 'ratio' ? ' ×' : ''}`
    : `${formatValue(value)} ${unit}`;
}
