import type { Action } from '../../../../cluster-ui/actions/action.ts';
import { runAction } from '../../../../cluster-ui/actions/run-action.ts';
import { Link } from '../../../../routing/link.tsx';
import { useClipboardStatus } from '../../../../ui/use-clipboard-status.ts';

/** Actions as the buttons of a card. What leads to a page is a link, which opens in a new tab as any other. */
export function CardActions({ actions }: { readonly actions: readonly Action[] }) {
  const clipboard = useClipboardStatus();
  return (
    <>
      {actions.map(({ id, label, refusal, effect }) =>
        effect.kind === 'go' && refusal === null ? (
          <Link key={id} className="small-button" href={effect.path}>
            {label}
          </Link>
        ) : (
          <button
            key={id}
            type="button"
            className="small-button"
            disabled={refusal !== null}
            title={refusal ?? undefined}
            onClick={() => (effect.kind === 'copy' ? void clipboard.copy(effect.value) : runAction(effect))}
          >
            {label}
          </button>
        ),
      )}
      <span role="status" className="quiet">
        {clipboard.status}
      </span>
    </>
  );
}
