import { useServerNow } from '../api/console.tsx';
import { agoText, fullTimeText } from './time.ts';

/** How long ago a time of the back end's was (milliseconds since 1970); the exact time is its title. */
export function Ago({ at }: { readonly at: number }) {
  const now = useServerNow(10_000);
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTimeText(at)}>
      {agoText(at, now)}
    </time>
  );
}
