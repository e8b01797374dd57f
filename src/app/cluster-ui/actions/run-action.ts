import { openWithRequest } from '../../routing/cluster-request.ts';
import { navigateTo } from '../../routing/navigate.ts';
import type { Effect, ShellEffect } from './action.ts';

/** What only some places can do. Where one can't, it offers no action that needs it. */
export interface ActionTools {
  copy(value: string): void;
  duplicate(clusterId: string): void;
  call(effect: ShellEffect): void;
}

/** Does what an action says. */
export function runAction(effect: Effect, tools: Partial<ActionTools> = {}): void {
  switch (effect.kind) {
    case 'go':
      navigateTo(effect.path, { keepQuery: effect.keepQuery });
      break;
    case 'request':
      openWithRequest(effect.clusterId, effect.request, { keepQuery: true });
      break;
    case 'leave':
      window.location.assign(effect.href);
      break;
    case 'visit':
      window.open(effect.url, '_blank', 'noopener,noreferrer');
      break;
    case 'copy':
      tools.copy?.(effect.value);
      break;
    case 'duplicate':
      tools.duplicate?.(effect.clusterId);
      break;
    case 'theme':
    case 'language':
    case 'try-now':
    case 'simulation':
    case 'shortcuts':
      tools.call?.(effect);
  }
}
