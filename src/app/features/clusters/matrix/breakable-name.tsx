import { Fragment } from 'react';

/** A name that may go on in a second line after a sign that separates its parts; after a hyphen browsers break a line by themselves. */
export function BreakableName({ name }: { readonly name: string }) {
  return name.split(/(?<=[_.:])/).map((part, at) => (
    // oxlint-disable-next-line react/no-array-index-key -- The parts of one text; they have no other identity.
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
