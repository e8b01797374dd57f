import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useConsole, useSession } from '../../api/console.tsx';
import { raysQuery } from '../../api/rays-query.ts';
import { action, type Action } from '../../cluster-ui/actions/action.ts';
import { rayHref, raysHref } from '../../routing/base-path.ts';
import { raysText } from '../../text/rays-text.ts';

/** The other Rays of this console, as actions; none where it has only one. */
export function useRayActions(): readonly Action[] {
  const { api } = useConsole();
  const own = useSession()?.ray.name;
  const { data } = useQuery({ ...raysQuery(api), enabled: own !== undefined });
  return useMemo(() => {
    if (own === undefined) return [];
    const others = (data?.rays ?? []).filter(({ name }) => name !== own);
    return [
      ...others.map(({ name }) => action(`ray-${name}`, raysText.go(name), { kind: 'leave', href: rayHref(name) })),
      action('rays', raysText.all, { kind: 'leave', href: raysHref() }),
    ];
  }, [own, data]);
}
