import { useMemo } from 'react';
import { navigate, useSearch } from 'wouter/use-browser-location';
import { readListQuery, writeListQuery, type ListQuery } from './list-query.ts';

/** The list's filter and sort, which live in the URL. `typed`: replaces the current history entry. */
export function useListQuery(): {
  readonly query: ListQuery;
  readonly change: (to: Partial<ListQuery>, how?: 'typed') => void;
} {
  const search = useSearch();
  const query = useMemo(() => readListQuery(search), [search]);
  return { query, change };
}

function change(to: Partial<ListQuery>, how?: 'typed'): void {
  const { pathname, search } = window.location;
  navigate(pathname + writeListQuery(search, { ...readListQuery(search), ...to }), { replace: how === 'typed' });
}
