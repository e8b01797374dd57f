import type { ReactNode } from 'react';
import type { Recalled } from '../../domain/sourced.ts';
import { text } from '../text/text.ts';
import { fullTimeText } from './time-text.ts';
import { Explained } from './explained.tsx';

type Unknown = Pick<Extract<Recalled<unknown>, { known: false }>, 'source' | 'reason'>;

/** A sourced value; what was known last, marked as such; or "unknown" with the reason: never a zero. */
export function SourcedValue<T>({
  fact,
  children,
}: {
  readonly fact: Recalled<T>;
  readonly children: (value: T) => ReactNode;
}) {
  if (fact.known) return children(fact.value);
  return fact.last === undefined ? (
    <UnknownSource fact={fact} />
  ) : (
    <LastKnown fact={fact} at={fact.last.at}>
      {children(fact.last.value)}
    </LastKnown>
  );
}

/** "unknown", with the reason in the title and as text for screen readers. */
export function UnknownSource({ fact }: { readonly fact: Unknown }) {
  return (
    <Explained why={text.facts.why(fact.source, fact.reason)} className="unknown">
      {text.facts.unknown}
    </Explained>
  );
}

/** What was known last: greyed, with its time and why there is nothing newer. `at`: milliseconds since 1970. */
export function LastKnown({
  fact,
  at,
  children,
}: {
  readonly fact: Unknown;
  readonly at: number;
  readonly children: ReactNode;
}) {
  const asOf = text.facts.asOf(fullTimeText(at));
  return (
    <span className="last-known" title={text.joins.asOfWhy(asOf, text.facts.why(fact.source, fact.reason))}>
      {children}
      <span className="visually-hidden">
        {text.joins.comma}
        {asOf}
      </span>
    </span>
  );
}
