import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearch } from 'wouter/use-browser-location';
import { paths } from '../../../contract/paths.ts';
import { withQuery } from '../../api/client.ts';
import { useConsole, useFleet } from '../../api/console.tsx';
import { isOfWholeDays, rangeOf, usageQuery, usageSummaryQuery } from '../../api/usage-queries.ts';
import { withBasePath } from '../../routing/base-path.ts';
import { navigateTo } from '../../routing/navigate.ts';
import {
  readUsageView,
  usagePathFor,
  usageSpans,
  type SummarySort,
  type UsageView,
} from '../../routing/usage-query.ts';
import { usageText } from '../../text/usage-text.ts';
import { ErrorBoundary } from '../../ui/error-boundary.tsx';
import { ScreenHeading } from '../../ui/screen-heading.tsx';
import { fullTimeText } from '../../ui/time-text.ts';
import { fleetChart } from '../../usage-ui/chart-model.ts';
import { RangeSelect } from '../../usage-ui/range-select.tsx';
import { UsageChart } from '../../usage-ui/usage-chart.tsx';
import { isUsageOff, UsageNotes, usageFailureText } from '../../usage-ui/usage-notes.tsx';
import { IdleCapacity } from './idle-capacity.tsx';
import { SummaryTable } from './summary-table.tsx';
import classes from './usage-page.module.css';
import { SelectField } from '../../ui/select-field.tsx';

const HEIGHT = 300;

/** Who held and used what over time, and which nodes nobody needed. Range, template and order are in the URL. */
export function UsagePage() {
  const { api, time } = useConsole();
  const { fleet } = useFleet();
  const view = readUsageView(useSearch());
  const { range, template } = view;
  const of = template === null ? {} : { template };
  const ask = { span: usageSpans[range], ...of };
  const { data, error, refetch } = useQuery({
    ...usageQuery(api, time, { ...ask, by: 'cluster' }),
    placeholderData: keepPreviousData,
  });
  const summary = useQuery({ ...usageSummaryQuery(api, time, ask), placeholderData: keepPreviousData });
  const model = useMemo(() => (data === undefined ? null : fleetChart(data)), [data]);
  const templates = templateOptions(fleet?.pool.templates ?? [], template);
  const change = (to: Partial<UsageView>) => navigateTo(usagePathFor({ ...view, ...to }), { replace: true });
  const sortBy = (sort: SummarySort) =>
    change({
      sort,
      descending: sort === view.sort ? !view.descending : sort !== 'cluster' && sort !== 'template',
    });

  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <ScreenHeading takesFocus>{usageText.title}</ScreenHeading>
        <div className={`actions-row screen-only ${classes['controls'] ?? ''}`}>
          <RangeSelect name="usage-range" value={range} onChange={(next) => change({ range: next })} />
          <SelectField
            aria-label={usageText.template}
            value={template ?? ''}
            onChange={(event) =>
              change({ template: event.currentTarget.value === '' ? null : event.currentTarget.value })
            }
            data={[{ value: '', label: usageText.allTemplates }, ...templates]}
          />
        </div>
        <p className="print-only">
          {usageText.ranges[range]} · {template ?? usageText.allTemplates}
        </p>
      </div>
      {error !== null && (
        <div {...(isUsageOff(error) ? {} : { role: 'alert' })} className={classes['message']}>
          <p>{usageFailureText(error)}</p>
          {!isUsageOff(error) && (
            <Button size="xs" variant="default" onClick={() => void Promise.all([refetch(), summary.refetch()])}>
              {usageText.again}
            </Button>
          )}
        </div>
      )}
      <div className={classes['top']}>
        <div className={classes['section']}>
          {data !== undefined && model !== null ? (
            <>
              <UsageNotes range={data} />
              {data.known === 0 ? (
                <p className={classes['empty']}>{usageText.empty}</p>
              ) : (
                <>
                  <ErrorBoundary resetKey={range}>
                    <UsageChart model={model} label={usageText.ofFleet} height={HEIGHT} marks={null} />
                  </ErrorBoundary>
                  <p className={`screen-only ${classes['export'] ?? ''}`}>
                    <a
                      href={withBasePath(withQuery(paths.usageExport, rangeOf({ ...ask, by: 'cluster' }, data.to)))}
                      download
                    >
                      {usageText.chart.csv}
                    </a>
                  </p>
                </>
              )}
            </>
          ) : (
            error === null && <p className={`quiet ${classes['room'] ?? ''}`}>{usageText.loading}</p>
          )}
        </div>
        {summary.data !== undefined && (
          <IdleCapacity key={range} rows={summary.data.rows} from={summary.data.from} to={summary.data.to} />
        )}
      </div>
      {summary.data !== undefined && (
        <section className={classes['section']} aria-labelledby="usage-summary">
          <h2 id="usage-summary">{usageText.summary.title}</h2>
          <p className={`quiet ${classes['message'] ?? ''}`}>
            {summary.data.rows.length === 0 ? usageText.summary.none : usageText.summary.intro(sinceText(summary.data))}
            {summary.data.rows.length > 0 && (
              <a
                href={withBasePath(withQuery(paths.usageSummaryExport, rangeOf(ask, summary.data.to)))}
                download
                className="screen-only"
              >
                {usageText.summary.csv}
              </a>
            )}
          </p>
          {summary.data.rows.length > 0 && (
            <SummaryTable
              rows={summary.data.rows}
              sort={view.sort}
              descending={view.descending}
              onSort={sortBy}
              from={summary.data.from}
              to={summary.data.to}
            />
          )}
        </section>
      )}
      {summary.error !== null && error === null && <p role="alert">{usageFailureText(summary.error)}</p>}
    </div>
  );
}

/** When a range begins; of whole days it is said why it does then. */
function sinceText({ from, to }: { readonly from: number; readonly to: number }): string {
  const time = fullTimeText(from);
  return isOfWholeDays(to - from) ? usageText.summary.midnight(time) : time;
}

/** The templates to choose from: the fleet's but the head node's, and the one chosen. */
function templateOptions(
  templates: readonly { readonly templateId: string; readonly isHeadTemplate: boolean }[],
  chosen: string | null,
): readonly string[] {
  const ids = templates.filter(({ isHeadTemplate }) => !isHeadTemplate).map(({ templateId }) => templateId);
  return chosen === null || ids.includes(chosen) ? ids : [...ids, chosen];
}
