import type { ReactNode } from 'react';

/** One entry of a `<dl>`: a name and its value. */
export function DescriptionItem({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
