/** What each hard word means, in two sentences at most; the glossary says the same. */
export const help = {
  'virtual-cluster': 'A named part of one Ray cluster: so many nodes of each template, which only its own jobs use.',
  template: "A node's type, such as 4c8g. A worker says it when it starts, in RAY_NODE_TYPE_NAME.",
  'replica-sets':
    'How many nodes of each template it has. Ray keeps to these counts and replaces dead nodes when it can.',
  revision:
    "Ray's number for its state. Every change makes a new one, and so does a job that starts. A save names the one that it saw, so that nobody overwrites another.",
  kind: 'Divisible: each job gets nodes of its own inside it. Indivisible: its jobs share all of its nodes. Ray never changes this later.',
  'used-by':
    'The jobs that run in it, and the job clusters that still hold nodes of it. Ray deletes it only when nothing does.',
  'job-cluster': 'The nodes that one job has to itself, cut from a divisible virtual cluster or from the free pool.',
  'left-over': 'A job cluster whose job has ended. It still holds its nodes until somebody releases it.',
  'free-pool':
    'The nodes that no virtual cluster holds. Growing takes from it, shrinking and deleting give back to it.',
  held: 'All nodes that it has as members: used, reserved, idle and dead.',
  used: "Held, and something runs on it: a CPU or GPU is used, or a job's supervisor is there.",
  reserved: 'Held for a job, or its memory is in use, although none of its CPUs or GPUs are. It can not be taken.',
  idle: 'Held and alive, nothing runs on it, and no job holds it. It can be taken.',
  dead: 'Ray says that it is dead. One that a virtual cluster holds still counts as held until Ray replaces it.',
  replacement:
    'Ray gives a dead node’s place to the next free node of the same template, by itself. Until there is one, it waits.',
  'head-template':
    'The template of the head node, which runs Ray itself. Taking the last of these nodes takes the head node.',
  freshness:
    'How old what you see may be, at most. Ray answers large lists from a cache, so those are always a little old.',
  seen: 'The console noticed it in what it reads of Ray: what others changed, what happened to nodes and jobs, outages. Who did it is not known, and what happened between two readings, or while the console was off, may be missing.',
  nodes:
    'Its nodes of all templates, with what they do as a bar: used is filled, reserved striped, idle empty, dead crossed out, unknown hatched.',
  week: 'The line is what it held, the filled part what was used. Sorted by how long all of it has been idle.',
  outcome:
    'What became of it, as Ray’s answers and lists show: done, refused, or not known. Seen: nobody asked this console for it.',
  'primary-cluster':
    'Ray’s own name for all that no virtual cluster holds: the free pool, and the job clusters that jobs without a virtual cluster cut from it.',
  unknown: 'No source says it now. It is not zero: point at it, or open it, to see why.',
} as const;
