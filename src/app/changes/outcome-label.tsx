import type { Change } from '../../contract/change.ts';
import { resultText } from './result-text.ts';
import classes from './outcome-label.module.css';

const signs = { good: '✓', warn: '!', bad: '✕', info: '…' } as const;

/** A change's result, briefly; its tone is shown by a sign as well as a colour. */
export function OutcomeLabel({ change }: { readonly change: Pick<Change, 'result'> }) {
  const { title, detail, tone } = resultText(change.result);
  return (
    <span className={classes['outcome']} data-tone={tone} title={detail}>
      <span aria-hidden="true">{signs[tone]}</span> {title}
    </span>
  );
}
