import { useEffect, useRef, type ComponentProps } from 'react';
import { useSectionLevel } from '../../ui/section-level.tsx';
import { Notice } from '../../ui/notice.tsx';

/** A notice whose heading receives the focus when it appears: it is the response to an action. */
export function FocusedNotice(props: Omit<ComponentProps<typeof Notice>, 'headingRef' | 'level'>) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return <Notice {...props} level={useSectionLevel()} headingRef={heading} />;
}
