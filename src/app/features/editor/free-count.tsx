import type { FreeTemplate } from '../../../domain/fleet.ts';
import { text } from '../../text/text.ts';
import { SourcedValue } from '../../ui/sourced-value.tsx';

/** How many nodes of a template are free: the count, "at most" it, what was known last, or unknown with the reason. */
export function FreeCount({ free }: { readonly free: FreeTemplate['free'] }) {
  return (
    <SourcedValue fact={free}>
      {({ count, atMost }) => (atMost ? text.facts.atMost(count) : text.facts.count(count))}
    </SourcedValue>
  );
}
