import type { CSSProperties } from 'react';
import type { RayFleet, RayOverview } from '../../../contract/rays.ts';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import { rayHref } from '../../routing/base-path.ts';
import { raysText as words } from '../../text/rays-text.ts';
import { failureText } from '../../ui/ray-failure-text.ts';
import { agoText, clockText, fullTimeText } from '../../ui/time-text.ts';
import classes from './rays.module.css';

/** More templates than these would make one card longer than a screen. */
const MAX_TEMPLATES = 8;

/** One Ray: what is free, what is dead, how old that is, and what waits for somebody; or why none of it is known. `now`: of the server. */
export function RayCard({ ray, now }: { readonly ray: RayOverview; readonly now: number }) {
  const { name, address, simulated, state, lastChange } = ray;
  return (
    <li className={classes['card']} data-state={state.kind}>
      <h2 className={classes['head']}>
        <a href={rayHref(name)} className={classes['name']}>
          {name}
        </a>
      </h2>
      <p className={`quiet ${classes['address'] ?? ''}`} title={address}>
        {simulated ? words.simulated : address}
      </p>
      <StateOf state={state} now={now} />
      <p className={`quiet ${classes['foot'] ?? ''}`}>
        {lastChange === null ? (
          words.noChange
        ) : (
          <time title={fullTimeText(lastChange.askedAt)}>
            {words.lastChange(
              readableClusterId(lastChange.clusterId),
              lastChange.who,
              agoText(lastChange.askedAt, now),
            )}
          </time>
        )}
      </p>
    </li>
  );
}

function StateOf({ state, now }: { readonly state: RayOverview['state']; readonly now: number }) {
  switch (state.kind) {
    case 'opening':
    case 'reading':
      return <p className={classes['body']}>{words.state[state.kind]}</p>;
    case 'not-opened':
      return (
        <div className={classes['body']}>
          <p className={classes['bad']}>{words.state[state.kind]}</p>
          <p>{words.notOpened(state.because, state.cause)}</p>
        </div>
      );
    case 'failing':
      return (
        <div className={classes['body']}>
          <p className={classes['bad']} title={fullTimeText(state.since)}>
            {words.since(failureText(state), clockText(state.since))}
          </p>
          <p>{state.lastReadAt === null ? words.neverRead : words.lastRead(agoText(state.lastReadAt, now))}</p>
        </div>
      );
    case 'read':
      return <FleetOf fleet={state.fleet} now={now} />;
  }
}

/** For the styles: the share of a template's nodes that is free; nothing where that is not known. */
function shareOf({ free, alive }: RayFleet['templates'][number]): (CSSProperties & { '--free': number }) | undefined {
  return free === null || alive === null || alive <= 0 ? undefined : { '--free': Math.min(1, free.count / alive) };
}

function FleetOf({ fleet, now }: { readonly fleet: RayFleet; readonly now: number }) {
  const { clusters, nodes, dead, templates, oldestReadAt, attention } = fleet;
  const shown = templates.slice(0, templates.length > MAX_TEMPLATES ? MAX_TEMPLATES - 1 : MAX_TEMPLATES);
  return (
    <div className={classes['body']}>
      <p className={classes['facts']}>
        <span>{words.clusters(clusters)}</span>
        <span>{nodes === null ? words.nodesUnknown : words.nodes(nodes)}</span>
        <span className={dead !== null && dead > 0 ? classes['bad'] : undefined}>
          {dead === null ? words.deadUnknown : words.dead(dead)}
        </span>
      </p>
      <h3 className={classes['caption']}>{words.free}</h3>
      {templates.length === 0 && <p className="quiet">{words.noTemplates}</p>}
      <dl className={classes['free']}>
        {shown.map((template) => (
          <div key={template.templateId} className={classes['template']} style={shareOf(template)}>
            <dt title={template.templateId}>{template.templateId}</dt>
            <dd>
              {template.free === null
                ? words.unknown
                : template.free.atMost
                  ? words.atMost(words.freeOf(template.free.count, template.alive))
                  : words.freeOf(template.free.count, template.alive)}
            </dd>
          </div>
        ))}
      </dl>
      {templates.length > shown.length && (
        <p className="quiet">{words.moreTemplates(templates.length - shown.length)}</p>
      )}
      <p className={classes['facts']}>
        <span className={attention > 0 ? classes['warn'] : 'quiet'}>
          {attention === 0 ? words.calm : words.attention(attention)}
        </span>
        <time className="quiet" title={fullTimeText(oldestReadAt)}>
          {words.read(agoText(oldestReadAt, now))}
        </time>
      </p>
    </div>
  );
}
