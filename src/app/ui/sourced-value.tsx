import type { ReactNode } from 'react';
import type { Sourced } from '../../domain/sourced.ts';
import { text } from '../text/text.ts';

/** A sourced value, or "unknown" with the reason: never a zero, never a stale value. */
export function SourcedValue<T>({
  fact,
  children,
}: {
  readonly fact: Sourced<T>;
  readonly children: (value: T) => ReactNode;
}) {
  return fact.known ? children(fact.value) : <UnknownSource fact={fact} />;
}

/** "unknown", with the reason in the title and as text for screen readers. */
export function UnknownSource({ fact }: { readonly fact: Extract<Sourced<unknown>, { known: false }> }) {
  const why = text.facts.why(fact.source, fact.reason);
  return (
    <span className="unknown" title={why}>
      {text.facts.unknown}
      <span className="visually-hidden">. {why}</span>
    </span>
  );
}
