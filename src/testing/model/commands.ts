import type { NetworkFault } from './network-faults.ts';
import type { PlanCommandStep } from './plan-command.ts';

/** Pages 0 and 3 are two tabs of one administrator and page 1 is another's, all on the first back end; page 2 is on the second. */
export const PAGE_COUNT = 4;
export const CLUSTERS = ['a', 'b', 'c'] as const;
/** Those that the token of scripts may change. */
export const TOKEN_CLUSTERS = ['a', 'b'] as const;
export const TEMPLATES = ['4c8g', 'my_node_type'] as const;

/** The network faults of a change's write: from the page to the console (`put`), and from there to Ray (`writes`, one an attempt). */
interface WriteFaults {
  readonly put: NetworkFault;
  readonly writes: readonly NetworkFault[];
}

/** One user action or external event. A command that is impossible in the current state is skipped. Plain data, so that a sequence can be recorded. */
export type Command = PlanCommandStep | ChangeCommand;

/** All but those about plans. */
type ChangeCommand = { readonly wait: number } & (
  | ({
      readonly kind: 'edit';
      readonly page: number;
      readonly cluster: string;
      readonly counts: readonly string[];
    } & WriteFaults)
  | ({
      readonly kind: 'create';
      readonly page: number;
      readonly cluster: string;
      readonly divisible: boolean;
      readonly counts: readonly string[];
    } & WriteFaults)
  | { readonly kind: 'open'; readonly page: number; readonly cluster: string }
  | { readonly kind: 'type'; readonly page: number; readonly field: number; readonly text: string }
  | ({ readonly kind: 'save' | 'suggest' | 'recreate' | 'send-again' | 'twice'; readonly page: number } & WriteFaults)
  | ({ readonly kind: 'merge'; readonly page: number; readonly sides: readonly ('mine' | 'theirs')[] } & WriteFaults)
  /** Provokes a conflict: opens the editor, lets something else happen, then saves. */
  | ({
      readonly kind: 'edit-while';
      readonly page: number;
      readonly cluster: string;
      readonly counts: readonly string[];
      readonly other: InterleavedCommand;
    } & WriteFaults)
  /** Saves the replica sets that the cluster already has. */
  | ({ readonly kind: 'touch'; readonly page: number; readonly cluster: string } & WriteFaults)
  | {
      readonly kind:
        | 'look'
        | 'go-on'
        | 'start-from-now'
        | 'reload'
        | 'leave'
        | 'discard'
        | 'break-stream'
        | 'cancel'
        | 'release-all';
      readonly page: number;
    }
  | ({ readonly kind: 'stop-job'; readonly page: number; readonly which: number } & WriteFaults)
  /** `isLeft`: every page is hidden afterwards, as in `quiet`. */
  | {
      readonly kind: 'delete-when-idle';
      readonly page: number;
      readonly cluster: string;
      readonly isLeft: boolean;
      readonly put: NetworkFault;
    }
  | ({ readonly kind: 'delete'; readonly page: number; readonly cluster: string } & WriteFaults)
  | ({ readonly kind: 'release'; readonly page: number; readonly which: number } & WriteFaults)
  | {
      readonly kind: 'script-save';
      readonly cluster: string;
      readonly divisible: boolean;
      readonly counts: readonly number[];
    }
  | { readonly kind: 'script-delete'; readonly cluster: string }
  | ({
      readonly kind: 'console-script';
      readonly backend: number;
      readonly cluster: string;
      readonly counts: readonly number[] | null;
      /** Whether the script shows its token, which is for some clusters only; without one it is the local administrator. */
      readonly hasToken: boolean;
    } & WriteFaults)
  /** A script's save as it likes to write it: what Ray makes of the body decides. The body may name the revision by `REVISION`. */
  | ({ readonly kind: 'odd-save'; readonly backend: number; readonly body: string; readonly hasToken: boolean } & Pick<
      WriteFaults,
      'writes'
    >)
  /** A script with the token stops a job, as one of this cluster. */
  | { readonly kind: 'token-stop'; readonly backend: number; readonly which: number; readonly cluster: string }
  /** A user of Ray names an actor like the supervisor of a job, with this cluster. */
  | { readonly kind: 'forge-supervisor'; readonly which: number; readonly cluster: string }
  /** A console's token for scripts is withdrawn, or given again; the scripts go on with it. */
  | { readonly kind: 'token'; readonly backend: number; readonly isWithdrawn: boolean }
  | { readonly kind: 'job'; readonly cluster: string; readonly count: number; readonly cpus: 0 | 1 | 'all' }
  | { readonly kind: 'end-job' | 'kill'; readonly which: number }
  | { readonly kind: 'add-node'; readonly template: number }
  /** `restart`: Ray restarts with a new session. `empty`: it loses its state within the same session. */
  | { readonly kind: 'restart' | 'empty' }
  /** The cluster gets different nodes of the same templates. */
  | { readonly kind: 'swap'; readonly cluster: string }
  | {
      readonly kind: 'console-restart';
      readonly backend: number;
      readonly how: 'close' | 'kill';
      readonly down: number;
    }
  /** After the console's next delete, this many reads of Ray's list still show the cluster. */
  | { readonly kind: 'lag'; readonly backend: number; readonly reads: number }
  /** All pages are hidden for longer than a cluster must be idle before its deferred deletion. */
  | { readonly kind: 'quiet' }
  | { readonly kind: 'away'; readonly isAway: boolean; readonly backend: number }
  | {
      readonly kind: 'trouble';
      readonly backend: number;
      readonly path: string;
      readonly fault: NetworkFault;
      readonly times: number;
    }
  | { readonly kind: 'page-trouble'; readonly page: number; readonly fault: NetworkFault; readonly times: number }
  | { readonly kind: 'slow-stream'; readonly page: number; readonly delay: number }
  | { readonly kind: 'hide'; readonly page: number; readonly isHidden: boolean }
  | { readonly kind: 'nothing' }
);

/** What happens to a cluster while its editor is open, in an `edit-while` command. */
export type InterleavedCommand = 'swap' | 'job' | 'script-save' | 'script-delete';

export interface CommandSequence {
  /** The seed of the simulated Ray. */
  readonly seed: number;
  /** Ray's list is so large that the back ends poll Ray's cached copy of it (fact 4). */
  readonly isListHeavy: boolean;
  /** Journal writes take a few milliseconds, during which a console can be killed. */
  readonly isDiskSlow: boolean;
  readonly steps: readonly Command[];
}
