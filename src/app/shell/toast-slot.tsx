import { Suspense } from 'react';
import { useToasts } from '../ui/toasts/toasts-context.tsx';
import classes from './shell.module.css';
import { optionalPart } from '../ui/optional-part.ts';

const ToastRegion = optionalPart(() => import('../ui/toasts/toast-region.tsx'), 'ToastRegion');

/** What reads the messages out. It is there before the first of them, or that one would not be read. */
export function ToastSlot() {
  const isEmpty = useToasts().length === 0;
  return (
    <div role="status" aria-atomic="false" className={classes['toasts']}>
      {!isEmpty && (
        <Suspense fallback={null}>
          <ToastRegion />
        </Suspense>
      )}
    </div>
  );
}
