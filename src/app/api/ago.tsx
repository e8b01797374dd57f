import { useAtServerTime } from './console.tsx';
import { agoText, fullTimeText } from '../ui/time-text.ts';

/** How long ago a time by the back end's clock was (milliseconds since 1970); the exact time is its title. */
export function Ago({ at }: { readonly at: number }) {
  const age = useAtServerTime(10_000, (now) => agoText(at, now));
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTimeText(at)} data-full={fullTimeText(at)}>
      {age}
    </time>
  );
}
