import { useAtServerTime } from './console.tsx';
import { agoText, fullTimeText } from '../ui/time-text.ts';

/** Stands for the age while words are put around it: no text contains it. */
const PLACE = '\u0000';

/** Words with an age in them, where each language has it: `started 3 min ago`, `3 分钟前开始`. */
export function AgoText({ at, words }: { readonly at: number; readonly words: (ago: string) => string }) {
  const [before, after] = words(PLACE).split(PLACE);
  return (
    <>
      {before}
      <Ago at={at} />
      {after}
    </>
  );
}

/** How long ago a time by the back end's clock was (milliseconds since 1970); the exact time is its title. */
export function Ago({ at }: { readonly at: number }) {
  const age = useAtServerTime(10_000, (now) => agoText(at, now));
  const full = fullTimeText(at);
  return (
    <time dateTime={new Date(at).toISOString()} title={full} data-full={full}>
      {age}
    </time>
  );
}
