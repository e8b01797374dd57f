import { hashOf } from './random.ts';

/** How much of what is held is used at a time, 0 to 1. */
export type UseProfile = (moment: Moment) => number;

/** A time in the administrator's zone. */
export interface Moment {
  /** Whole days since 1 January 1970. */
  readonly day: number;
  /** 0: Sunday. */
  readonly weekday: number;
  /** With its fraction. */
  readonly hour: number;
  readonly isWeekend: boolean;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** `offset`: minutes west of UTC, as `getTimezoneOffset` has it. */
export function momentOf(at: number, offset: number): Moment {
  const local = at - offset * 60_000;
  const day = Math.floor(local / DAY);
  // 1 January 1970 was a Thursday.
  const weekday = (day + 4) % 7;
  return { day, weekday, hour: (local - day * DAY) / HOUR, isWeekend: weekday === 0 || weekday === 6 };
}

/** The profile of a virtual cluster by its name; of names that say nothing, one or another. */
export function profileOf(clusterId: string, seed: number): UseProfile {
  const noise = (salt: string) => hashOf(`${clusterId} ${salt}`, seed) / 4_294_967_296;
  const profiles: Readonly<Record<'nightly' | 'unused' | 'daytime' | 'steady' | 'campaigns' | 'bursts', UseProfile>> = {
    nightly({ day, hour }) {
      const begin = 1 + noise(`begin ${String(day)}`) * 0.5;
      const end = begin + 3 + noise(`end ${String(day)}`) * 2;
      if (hour < begin || hour > end) return 0;
      return hour < begin + 0.5 ? 0.5 : hour > end - 0.5 ? 0.4 : 1;
    },
    unused: () => 0,
    daytime({ day, hour, isWeekend }) {
      if (isWeekend || hour < 8.5 || hour > 18.5) return 0;
      const lunch = hour > 12 && hour < 13 ? 0.4 : 1;
      return lunch * (0.4 + 0.6 * noise(`${String(day)} ${String(Math.floor(hour * 2))}`));
    },
    steady({ day, hour, isWeekend }) {
      const wave = 0.5 + 0.5 * Math.cos(((hour - 15) / 24) * 2 * Math.PI);
      return 0.35 + (isWeekend ? 0.15 : 0.45) * wave + 0.1 * noise(`${String(day)} ${String(Math.floor(hour))}`);
    },
    campaigns({ day, hour, isWeekend }) {
      const campaign = Math.floor((day * 24 + hour) / 30);
      if (noise(`campaign ${String(campaign)}`) < (isWeekend ? 0.6 : 0.25)) return 0;
      return 0.6 + 0.4 * noise(`size ${String(campaign)}`);
    },
    bursts({ day, hour, isWeekend }) {
      const turn = Math.floor(hour / 3);
      const begin = turn * 3 + noise(`${String(day)} ${String(turn)}`) * 1.5;
      return hour >= begin && hour < begin + (isWeekend ? 0.5 : 1.2) ? 0.75 : 0;
    },
  };
  const named: readonly (readonly [RegExp, UseProfile])[] = [
    [/night|etl/, profiles.nightly],
    [/notebook/, profiles.unused],
    [/\bci\b|test/, profiles.daytime],
    [/serv/, profiles.steady],
    [/train|llm/, profiles.campaigns],
    [/feature|batch/, profiles.bursts],
  ];
  const byName = named.find(([pattern]) => pattern.test(clusterId));
  const any = [profiles.daytime, profiles.steady, profiles.campaigns, profiles.nightly, profiles.bursts];
  return byName?.[1] ?? any[hashOf(clusterId, seed) % any.length] ?? profiles.steady;
}
