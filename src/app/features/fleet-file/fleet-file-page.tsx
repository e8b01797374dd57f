import { useMemo, useRef, useState } from 'react';
import { fleetClusterOf } from '../../../fleet-file/fleet-cluster.ts';
import { parseFleetFile } from '../../../fleet-file/parse.ts';
import type { FileProblem } from '../../../fleet-file/problem.ts';
import { useFleet } from '../../api/console.tsx';
import { useFileSelection } from '../../routing/file-selection.ts';
import { fleetFileText } from '../../text/fleet-file-text.ts';
import { text } from '../../text/text.ts';
import { ScreenHeading } from '../../ui/screen-heading.tsx';
import { DriftSection } from './drift-section.tsx';
import classes from './fleet-file.module.css';
import { OpenSection, type OpenedFile } from './open-section.tsx';
import { useOpenedFile } from './use-opened-file.ts';
import { WriteSection } from './write-section.tsx';

/** The fleet as a file: written out, and compared with one that is opened. Everything but the plan happens in the page. */
export function FleetFilePage() {
  const words = fleetFileText;
  const { fleet } = useFleet();
  const only = useFileSelection();
  const { opened, setOpened } = useOpenedFile();
  // Counted, so that neither ticks nor messages of one file carry over to the next one.
  const [openings, setOpenings] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const clusters = fleet?.clusters;
  const fleetClusters = useMemo(
    () => [...(clusters?.values() ?? [])].map((each) => fleetClusterOf(each, true)),
    [clusters],
  );
  const parsed = useMemo(() => (opened.text.trim() === '' ? null : parseFleetFile(opened.text)), [opened.text]);
  const list = fleet?.sources.list ?? null;
  // No answer is not an empty fleet.
  const isReadable = list !== null && list.readAt !== null && list.failure === null;

  function open(next: OpenedFile) {
    if (!next.isTyped) setOpenings(openings + 1);
    setOpened(next);
  }

  return (
    <div className={classes['page']}>
      <ScreenHeading takesFocus>{text.shell.fleetFile}</ScreenHeading>
      <p className={`quiet ${classes['intro'] ?? ''}`}>{words.intro}</p>
      {list === null || list.readAt === null ? (
        <p className="quiet">{words.loading}</p>
      ) : (
        !isReadable && <p role="alert">{words.unreadable}</p>
      )}
      <div className={classes['body']}>
        {isReadable && <WriteSection fleet={fleetClusters} only={only} />}
        <OpenSection opened={opened} field={field} onOpened={open} />
        {parsed === null && isReadable && (
          <section aria-labelledby="drift" className={classes['section']}>
            <h2 id="drift">{words.drift.title}</h2>
            <p className="quiet">{words.drift.nothingOpen}</p>
          </section>
        )}
        {parsed?.ok === false && (
          <Problems problems={parsed.problems} goTo={(problem) => placeCaret(field.current, opened.text, problem)} />
        )}
        {parsed?.ok === true && isReadable && (
          <DriftSection key={openings} file={parsed} name={opened.name} fleet={fleetClusters} />
        )}
      </div>
    </div>
  );
}

/** What is wrong, each with a way to where it stands. */
function Problems({
  problems,
  goTo,
}: {
  readonly problems: readonly FileProblem[];
  readonly goTo: (problem: FileProblem) => void;
}) {
  const words = fleetFileText;
  return (
    <section role="alert" aria-labelledby="problems" className={classes['problems']}>
      <h2 id="problems">{words.problems(problems.length)}</h2>
      <ul className="plain-list">
        {problems.map((problem) => {
          const place = words.goTo(problem.line, problem.column);
          const sentence = words.fault(problem.fault);
          return (
            <li key={`${place} ${sentence}`}>
              <button type="button" className="link-button" onClick={() => goTo(problem)}>
                {place}
              </button>{' '}
              {sentence}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function placeCaret(field: HTMLTextAreaElement | null, whole: string, { line, column }: FileProblem): void {
  const lines = whole.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  field?.focus();
  field?.setSelectionRange(start, start);
}
