import { useAtServerTime } from './console.tsx';
import { agoText, fullTimeText } from '../ui/time-text.ts';

/** How long ago a time of the back end's was (milliseconds since 1970); the exact time is its title. */
export function Ago({ at }: { readonly at: number }) {
  const said = useAtServerTime(10_000, (now) => agoText(at, now));
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTimeText(at)}>
      {said}
    </time>
  );
}
