import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useConsole } from '../../../api/console.tsx';
import { usageQuery } from '../../../api/usage-queries.ts';
import { Link } from '../../../routing/link.tsx';
import { pathTo } from '../../../routing/routes.ts';
import { usageSpans } from '../../../routing/usage-query.ts';
import { text } from '../../../text/text.ts';
import { usageText } from '../../../text/usage-text.ts';
import { clusterChart } from '../../../usage-ui/chart-model.ts';
import { UsageChart } from '../../../usage-ui/usage-chart.tsx';
import { isUsageOff, UsageNotes, usageFailureText } from '../../../usage-ui/usage-notes.tsx';
import classes from './fleet-week.module.css';

/** As in the styles, px. */
const HEIGHT = 160;

/** What the held nodes of the whole fleet did in the last 7 days. A console that records no usage shows nothing. */
export function FleetWeek() {
  const { api, time } = useConsole();
  const { data, error } = useQuery(usageQuery(api, time, { span: usageSpans['7d'] }));
  const model = useMemo(() => (data === undefined ? null : clusterChart(data)), [data]);
  if (error !== null && isUsageOff(error)) return null;
  return (
    <section aria-labelledby="fleet-week" className={classes['week']}>
      <div className={classes['head']}>
        <h2 id="fleet-week">{text.clusters.columns.trend}</h2>
        <Link href={pathTo.usage}>{usageText.title}</Link>
      </div>
      {error !== null ? (
        <p className="quiet">{usageFailureText(error)}</p>
      ) : data === undefined || model === null ? (
        <p className="quiet">{usageText.loading}</p>
      ) : data.known === 0 ? (
        <p className="quiet">{usageText.empty}</p>
      ) : (
        <>
          <UsageChart model={model} label={usageText.ofAll} height={HEIGHT} marks={null} />
          <UsageNotes range={data} />
        </>
      )}
    </section>
  );
}
