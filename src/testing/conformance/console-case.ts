import type { Target } from '../../simulator/conformance/target.ts';
import type { ConsoleOnRay } from './console-on-ray.ts';

/** One scenario of an administrator's, on any Ray with the starting fleet. `jobs`: it needs a Ray that runs jobs. */
export interface ConsoleCase {
  readonly name: string;
  readonly jobs?: true;
  readonly run: (console: ConsoleOnRay, target: Target) => Promise<void>;
}
