import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { Goal } from '../../../domain/plan/plan.ts';
import type { AppliedSuggestion } from '../../../domain/suggestion.ts';
import { useConsole, useDenialReason, useFleet } from '../../api/console.tsx';
import { putPlan } from '../../api/plan-queries.ts';
import { usageSummaryQuery } from '../../api/usage-queries.ts';
import { plansText } from '../../text/plans-text.ts';
import { text } from '../../text/text.ts';
import { ClusterId } from '../../ui/cluster-id.tsx';
import { idleText } from '../../usage-ui/chart-words.ts';
import { freeNodesOf } from '../../../domain/plan/free-ledger.ts';
import { donorsFor, goalsOfTaking, type Donor } from './donors.ts';
import classes from './panels.module.css';

const WEEK = 7 * 24 * 3_600_000;
/** The most donors to choose from. */
const MAX_DONORS = 20;

interface TakeFromProps {
  /** What could not be had. */
  readonly taker: Goal;
  readonly rows: AppliedSuggestion['rows'];
  readonly onPlanned: (planId: string) => void;
}

/** Who has idle nodes of what is lacking, and since when; each as a plan of two steps, which is shown before it runs. */
export function TakeFrom({ taker, rows, onPlanned }: TakeFromProps) {
  const words = plansText.take;
  const { api, ids, time } = useConsole();
  const { fleet } = useFleet();
  const denialOf = useDenialReason();
  const { data } = useQuery({ ...usageSummaryQuery(api, time, { span: WEEK }), retry: false });
  const section = useRef<HTMLElement>(null);
  // The button that opens it stands at the end of a long notice. The focus stays there.
  useEffect(() => section.current?.scrollIntoView({ block: 'nearest' }), []);
  const donors =
    fleet === null
      ? []
      : donorsFor(rows, taker.clusterId, fleet.clusters.values(), freeNodesOf(fleet)).slice(0, MAX_DONORS);
  const idleFor = ({ cluster, templateId }: Donor): string | null => {
    const since = data?.rows.find((row) => row.clusterId === cluster.id && row.templateId === templateId)?.idleSince;
    return data === undefined || since === undefined || since === null ? null : idleText(data.to - since);
  };

  const taking = useMutation({
    async mutationFn(donor: Donor): Promise<string> {
      const id = ids();
      const { gives, replaces, templateId, cluster } = donor;
      const [from, to] = [readableClusterId(cluster.id), readableClusterId(taker.clusterId)];
      const name = plansText.add.moveName(Math.max(1, gives - replaces), templateId, from, to);
      await putPlan(api, id, { version: 0, name, goals: goalsOfTaking(donor, taker) });
      return id;
    },
    onSuccess: (planId) => onPlanned(planId),
  });

  return (
    <section ref={section} aria-label={words.title} className={classes['takeFrom']}>
      <p>{donors.length === 0 ? words.none : words.intro}</p>
      {donors.length > 0 && (
        <table className={`full-width-table ${classes['table'] ?? ''}`} aria-label={words.title}>
          <tbody>
            {donors.map((donor) => {
              const { cluster, templateId, idle, gives, replaces, rest } = donor;
              const denial = denialOf(cluster.id);
              const since = idleFor(donor);
              return (
                <tr key={`${cluster.id} ${templateId}`}>
                  <th scope="row">
                    <ClusterId id={cluster.id} />
                  </th>
                  <td>{templateId}</td>
                  <td>
                    {words.idle(idle)}
                    {since !== null && text.joins.comma}
                    {since}
                    {replaces > 0 && <div className="quiet">{words.replaces(replaces)}</div>}
                    {rest > 0 && <div className="quiet">{words.rest(rest)}</div>}
                  </td>
                  <td>
                    <Button
                      size="compact-sm"
                      variant="default"
                      disabled={denial !== null}
                      {...(denial === null ? {} : { title: denial })}
                      aria-label={words.takeOf(gives, templateId, readableClusterId(cluster.id))}
                      onClick={() => {
                        if (!taking.isPending) taking.mutate(donor);
                      }}
                    >
                      {words.take(gives)}
                    </Button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {taking.error !== null && <p role="alert">{taking.error.message}</p>}
    </section>
  );
}
