import { useLayoutEffect, useRef, type RefObject, type SyntheticEvent } from 'react';

/**
 * A button that goes with what it did (Run, Stop) leaves the focus to what is said of the plan, right before the next button: not to
 * that one, which a key that is still held would press.
 */
export function useActionFocus(actions: RefObject<HTMLElement | null>, status: RefObject<HTMLElement | null>) {
  const isInside = useRef(false);
  useLayoutEffect(() => {
    if (isInside.current && document.activeElement === document.body) status.current?.focus({ preventScroll: true });
  });
  const follow = ({ target }: SyntheticEvent) => {
    isInside.current = target instanceof Node && actions.current?.contains(target) === true;
  };
  return { onFocus: follow, onPointerDown: follow };
}
