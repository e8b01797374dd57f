import { ClusterId } from '../../../ui/cluster-id.tsx';
import classes from './attention.module.css';

/** Of which virtual cluster an item is, and what it says. */
export function AttentionWhat({ id, what }: { readonly id: string; readonly what: string }) {
  return (
    <span className={classes['what']}>
      <b>
        <ClusterId id={id} />
      </b>{' '}
      {what}
    </span>
  );
}
