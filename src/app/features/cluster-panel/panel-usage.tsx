import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { navigate, useSearch } from 'wouter/use-browser-location';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { useConsole } from '../../api/console.tsx';
import { chartChangesQuery, usageQuery } from '../../api/usage-queries.ts';
import { readUsageRange, withPanelUsage } from '../../routing/usage-query.ts';
import { usageText } from '../../text/usage-text.ts';
import { clusterChart } from '../../usage-ui/chart-model.ts';
import { RangeSelect } from '../../usage-ui/range-select.tsx';
import { UsageChart } from '../../usage-ui/usage-chart.tsx';
import { isUsageOff, UsageNotes, usageFailureText } from '../../usage-ui/usage-notes.tsx';
import { panelUsageAsk } from './panel-usage-ask.ts';
import classes from './panel-usage.module.css';
import { SelectField } from '../../ui/select-field.tsx';

/** What the nodes of one virtual cluster did over time. Range and template are in the URL. */
export function PanelUsage({ cluster }: { readonly cluster: VirtualCluster }) {
  const { api, time } = useConsole();
  const search = useSearch();
  const range = readUsageRange(search);
  const templateIds = cluster.templates.map(({ templateId }) => templateId);
  const ask = panelUsageAsk(cluster, search);
  const { data, error } = useQuery({ ...usageQuery(api, time, ask), placeholderData: keepPreviousData });
  const { data: changes } = useQuery({
    ...chartChangesQuery(api, time, cluster.id, ask.span),
    placeholderData: keepPreviousData,
  });
  const model = useMemo(() => (data === undefined ? null : clusterChart(data)), [data]);
  const marks = useMemo(
    () => (changes === undefined ? null : { clusterId: cluster.id, changes }),
    [changes, cluster.id],
  );
  const change = (to: Parameters<typeof withPanelUsage>[1]) =>
    navigate(window.location.pathname + withPanelUsage(window.location.search, to), {
      replace: true,
      state: window.history.state,
    });

  return (
    <div className={classes['usage']}>
      <div className={`actions-row screen-only ${classes['controls'] ?? ''}`}>
        <RangeSelect name="panel-usage-range" value={range} onChange={(next) => change({ range: next })} />
        {templateIds.length > 1 && (
          <SelectField
            aria-label={usageText.template}
            value={ask.template ?? ''}
            onChange={(event) => change({ of: event.currentTarget.value === '' ? null : event.currentTarget.value })}
            data={[{ value: '', label: usageText.allTemplates }, ...templateIds]}
          />
        )}
      </div>
      {error !== null && (
        <p {...(isUsageOff(error) ? { className: 'quiet' } : { role: 'alert' })}>{usageFailureText(error)}</p>
      )}
      {data !== undefined && model !== null ? (
        <>
          {data.known === 0 ? (
            <p className={`quiet ${classes['room'] ?? ''}`}>{usageText.empty}</p>
          ) : (
            <UsageChart model={model} label={usageText.ofCluster(cluster.id)} height={HEIGHT} marks={marks} />
          )}
          <UsageNotes range={data} />
        </>
      ) : (
        error === null && <p className={`quiet ${classes['room'] ?? ''}`}>{usageText.loading}</p>
      )}
    </div>
  );
}

const HEIGHT = 200;
