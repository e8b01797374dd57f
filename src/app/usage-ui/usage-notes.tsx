import { text } from '../text/text.ts';
import { usageText } from '../text/usage-text.ts';
import { ApiError } from '../api/api-error.ts';
import { fullTimeText } from '../ui/time-text.ts';

interface Range {
  readonly from: number;
  readonly known: number;
  readonly simulatedUntil: number | null;
}

/** What fraction of a range is known, and what of it was simulated; nothing where all is known and real. */
export function UsageNotes({ range: { from, known, simulatedUntil } }: { readonly range: Range }) {
  const isSimulated = simulatedUntil !== null && simulatedUntil > from;
  if (known >= 1 && !isSimulated) return null;
  return (
    <p className="quiet">
      {text.joins.sentences([
        ...(isSimulated ? [usageText.simulated(fullTimeText(simulatedUntil))] : []),
        ...(known < 1 ? [usageText.known(percentText(known))] : []),
      ])}
    </p>
  );
}

/** A fraction as whole percents; never 100 % or 0 % for what is not quite. */
export function percentText(fraction: number): string {
  const percent = Math.round(fraction * 100);
  if (percent === 100 && fraction < 1) return '> 99 %';
  if (percent === 0 && fraction > 0) return '< 1 %';
  return `${String(percent)} %`;
}

/** Whether the console was started without usage: nothing is wrong then. */
export function isUsageOff(error: Error): boolean {
  return error instanceof ApiError && error.code === 'usage-off';
}

/** Why there is no usage to show, in words. */
export function usageFailureText(error: Error): string {
  return isUsageOff(error) ? usageText.off : usageText.failed(error.message);
}
