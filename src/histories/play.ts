import { check } from './checks.ts';
import { happen } from './outside.ts';
import { actAt } from './person.ts';
import { Broken } from './screen.ts';
import type { History, Step } from './steps.ts';
import type { Tally } from './tally.ts';
import { calm, judgeAll } from './the-end.ts';
import { createWorld, type World } from './world.ts';

/** More than a cluster must have been idle before it is deleted (5 min), and a reading that tells it, ms. */
const QUIET = 400_000;

/** Plays a history from the beginning to a calm end. Throws `Broken` where a promise was not kept. */
export async function play(history: History, tally: Tally): Promise<void> {
  const world = createWorld(history, tally);
  tally.histories += 1;
  await world.clock.advance(1_000);
  for (const [index, step] of history.steps.entries()) {
    tally.step(step.do);
    try {
      world.truth.observe();
      act(world, step, `script-${String(index)}`);
      world.truth.observe();
      if (step.do === 'quiet' || (step.do === 'delete-when-idle' && step.isLeft)) await quiet(world);
      await world.clock.advance(step.wait);
      check(world);
    } catch (error) {
      if (error instanceof Broken) throw new Broken(`after step ${String(index)} (${step.do}): ${error.message}`);
      throw error;
    }
  }
  await calm(world);
  await judgeAll(world, tally);
  for (const { page } of world.seats) page.close();
  const closed = Promise.all(world.consoles.map((console) => console.close()));
  // A slow disk needs its time for the last words.
  await world.clock.advance(1_000);
  await closed;
}

function act(world: World, step: Step, name: string): void {
  const seat = 'page' in step ? world.seats[step.page] : undefined;
  if (seat === undefined) happen(world, step, name);
  else actAt(world, seat, step);
}

/** While nobody looks, Ray is read rarely: so much time costs little. */
async function quiet({ seats, clock }: World): Promise<void> {
  // What was asked for last has gone out by then.
  await clock.advance(1_000);
  const visible = seats.filter(({ page }) => page.isVisible());
  for (const { page } of visible) page.show(false);
  await clock.advance(QUIET);
  for (const { page } of visible) page.show(true);
}
