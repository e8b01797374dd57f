import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Ago } from '../../api/ago.tsx';
import { useConsole, useFleet, useSession } from '../../api/console.tsx';
import { readOnlyReason } from '../../api/denial-reason.ts';
import { plansQuery } from '../../api/plan-queries.ts';
import { useMakePlan } from '../../cluster-ui/use-make-plan.ts';
import { Link } from '../../routing/link.tsx';
import { pathTo } from '../../routing/routes.ts';
import { plansText } from '../../text/plans-text.ts';
import { ScreenHeading } from '../../ui/screen-heading.tsx';
import { MoveNodes } from './move-nodes.tsx';
import classes from './plans.module.css';
import { personText } from '../../ui/person-text.ts';

/** Every plan, the one that changed last first. */
export function PlansPage() {
  const words = plansText;
  const { api } = useConsole();
  const { fleet } = useFleet();
  const { data, error, refetch } = useQuery({
    ...plansQuery(api, fleet?.version ?? null),
    placeholderData: keepPreviousData,
  });
  const session = useSession();
  const { make, problem } = useMakePlan();

  return (
    <div className={classes['page']}>
      <ScreenHeading takesFocus>{words.title}</ScreenHeading>
      <p className={`quiet ${classes['line'] ?? ''}`}>
        {words.intro} <Link href={pathTo.fleetFile}>{words.fromFile}</Link>
      </p>
      <MoveNodes
        goals={[]}
        submit={words.form.make}
        denial={session === null ? null : readOnlyReason(session)}
        onGoals={(goals, name) => make(name, goals)}
      />
      {problem !== null && <p role="alert">{problem}</p>}
      {error !== null && (
        <div role="alert" className="actions-row">
          <span>{error.message}</span>
          <Button size="xs" variant="default" onClick={() => void refetch()}>
            {words.again}
          </Button>
        </div>
      )}
      {data === undefined && error === null && <p className="quiet">{words.loading}</p>}
      {data?.plans.length === 0 && <p className={classes['line']}>{words.none}</p>}
      {data !== undefined && data.plans.length > 0 && (
        <ul className={`plain-list ${classes['list'] ?? ''}`} aria-label={words.table}>
          {data.plans.map((plan) => (
            <li key={plan.id} className={classes['row']}>
              <Link href={pathTo.plan(plan.id)} className={classes['name']}>
                {plan.name}
              </Link>
              <span>{words.state[plan.state.kind]}</span>
              <span>{words.progress(plan.done, plan.steps)}</span>
              <span className="quiet">{words.madeBy(personText(plan.createdBy))}</span>
              <span className="quiet">
                <Ago at={plan.changedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
