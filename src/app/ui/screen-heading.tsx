import { useEffect, useRef, type ReactNode } from 'react';

/** A screen's heading. With `takesFocus` it is focused when it appears, so that keyboard and screen reader users land on the new screen. */
export function ScreenHeading({
  children,
  level = 1,
  takesFocus,
}: {
  readonly children: ReactNode;
  readonly level?: 1 | 2;
  readonly takesFocus: boolean;
}) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) ref.current?.focus();
  }, [takesFocus]);
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <Heading ref={ref} tabIndex={-1}>
      {children}
    </Heading>
  );
}
