import { shownValue, type Recalled } from '../../../domain/sourced.ts';
import type { TemplateNodes } from '../../../domain/fleet.ts';
import { text } from '../../text/text.ts';
import { SourcedValue } from '../../ui/sourced-value.tsx';
import { Term } from '../../ui/term.tsx';
import classes from './replica-sets-table.module.css';

/** A virtual cluster's nodes by template. Unknown values show their reason; dead nodes count as held (fact 20). */
export function ReplicaSetsTable({ templates }: { readonly templates: readonly TemplateNodes[] }) {
  const words = text.panel.sets;
  if (templates.length === 0) return <p className="quiet">{words.none}</p>;
  const heads = [
    ['template', words.template],
    ['held', words.have],
    ['used', words.used],
    ['reserved', words.reserved],
    ['idle', words.idle],
    ['dead', words.dead],
  ] as const;
  const hasDead = templates.some(({ dead }) => (shownValue(dead)?.value ?? 0) > 0);
  return (
    <>
      <div className={classes['frame']}>
        <table className={`full-width-table ${classes['table'] ?? ''}`} aria-label={words.title}>
          <thead>
            <tr>
              {heads.map(([term, head]) => (
                <th key={term} scope="col">
                  <Term of={term}>{head}</Term>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {templates.map((nodes) => (
              <tr key={nodes.templateId}>
                <th scope="row" title={nodes.templateId}>
                  {nodes.templateId}
                </th>
                <td>
                  <b>{text.facts.count(nodes.count)}</b>
                </td>
                <td>
                  <SourcedValue fact={nodes.used}>{text.facts.count}</SourcedValue>
                </td>
                <td>
                  <SourcedValue fact={nodes.reserved}>{text.facts.count}</SourcedValue>
                </td>
                <td>
                  <SourcedValue fact={nodes.idle}>{text.facts.count}</SourcedValue>
                </td>
                <td>
                  <Dead fact={nodes.dead} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hasDead && <p className="quiet">{words.deadMeans}</p>}
    </>
  );
}

function Dead({ fact }: { readonly fact: Recalled<number> }) {
  return (
    <SourcedValue fact={fact}>
      {(dead) =>
        dead === 0 ? (
          text.facts.count(0)
        ) : (
          <span className={classes['dead']}>
            {text.facts.count(dead)} <span aria-hidden="true">×</span>
          </span>
        )
      }
    </SourcedValue>
  );
}
