import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useConsole } from '../../../api/console.tsx';
import { usageTrendsQuery } from '../../../api/usage-queries.ts';
import type { Trends } from '../list-columns.ts';

/** Reads the last 7 days and hands them up; it shows nothing. A console that keeps no usage has none. */
export function TrendsReader({ onRead }: { readonly onRead: (trends: Trends) => void }) {
  const { api } = useConsole();
  const { data } = useQuery(usageTrendsQuery(api));
  useEffect(() => {
    if (data !== undefined) onRead(new Map(data.clusters.map((trend) => [trend.clusterId, trend])));
  }, [data, onRead]);
  return null;
}
