import { useEffect, useId, useRef } from 'react';
import { useController, type Control, type FieldError } from 'react-hook-form';
import type { FreePool } from '../../../domain/fleet.ts';
import type { PreviewRow, SavePreview } from '../../../domain/preview.ts';
import { SideChoice } from '../../changes/side-choice.tsx';
import { text } from '../../text/text.ts';
import { CountInput } from './count-input.tsx';
import type { FormValues } from '../../drafts/draft.ts';
import { countProblemOf } from './form-schema.ts';
import { chosenSide, type EarlyChoice, type EarlyChoices } from './early-choices.ts';
import { FreeCount } from './free-count.tsx';
import type { MergePreview } from './merge-preview.ts';
import { saveEffectsOf } from './save-effects.ts';
import { SaveEffectsCell } from './save-effects-cell.tsx';
import { Term } from '../../ui/term.tsx';
import classes from './template-rows.module.css';

interface TemplateRowsProps {
  readonly control: Control<FormValues>;
  readonly fields: readonly { readonly id: string; readonly templateId: string }[];
  readonly preview: SavePreview;
  readonly pool: FreePool;
  /** What others changed since the form was opened. */
  readonly moved: MergePreview['notes'];
  /** Chooses between both counts of a template that both changed; null while that is asked for elsewhere. */
  readonly choose: ((templateId: string, choice: EarlyChoice) => void) | null;
  readonly choices: EarlyChoices;
  /** A row that was added by hand can be removed again; one that the cluster holds can't. */
  readonly mayLeaveOut: (templateId: string) => boolean;
  readonly isLocked: boolean;
  /** A template just added: its field takes the focus when it appears. */
  readonly added: string | null;
  readonly onTookFocus: () => void;
  readonly onEdit: () => void;
  readonly onRemove: (index: number) => void;
}

/** A field a template, with what is free and what a save will do beside it. Narrow: a block a template. */
export function TemplateRows(props: TemplateRowsProps) {
  const words = text.editor.form;
  const rows = new Map(props.preview.rows.map((row) => [row.templateId, row]));
  return (
    <table className={`full-width-table ${classes['table'] ?? ''}`} aria-label={words.replicaSets}>
      <thead>
        <tr>
          <th scope="col">
            <Term of="template">{words.template}</Term>
          </th>
          <th scope="col" className={classes['number']}>
            <Term of="held">{words.now}</Term>
          </th>
          <th scope="col">{words.want}</th>
          <th scope="col" className={classes['number']}>
            <Term of="free-pool">{words.free}</Term>
          </th>
          <th scope="col">{words.willDo}</th>
        </tr>
      </thead>
      <tbody>
        {props.fields.map(({ id, templateId }, index) => {
          const row = rows.get(templateId);
          return row === undefined ? null : <TemplateRow key={id} {...props} row={row} index={index} />;
        })}
      </tbody>
    </table>
  );
}

interface TemplateRowProps extends TemplateRowsProps {
  readonly row: PreviewRow;
  readonly index: number;
}

function TemplateRow({
  row,
  index,
  control,
  preview,
  pool,
  moved,
  choose,
  choices,
  mayLeaveOut,
  isLocked,
  added,
  onTookFocus,
  onEdit,
  onRemove,
}: TemplateRowProps) {
  const words = text.editor.form;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const {
    field: { ref, value, onChange, onBlur },
    fieldState,
  } = useController({ control, name: `fields.${index}.typed` });
  const takesFocus = added === row.templateId;
  useEffect(() => {
    if (!takesFocus) return;
    input.current?.focus();
    onTookFocus();
  }, [takesFocus, onTookFocus]);

  const error = errorWords(fieldState.error, row.now);
  const theirs = moved.get(row.templateId);
  const asked = choose !== null && !isLocked && theirs?.kind === 'undecided' ? theirs : null;
  const choice = asked === null ? null : chosenSide(choices, row.templateId, asked);
  const notes = [
    ...(theirs === undefined || choice !== null ? [] : [theirs]),
    ...saveEffectsOf(row, preview.jobsAtRisk, pool),
  ];
  const describedBy = [error !== null && `${id}-error`, notes.length > 0 && `${id}-will`]
    .filter((each) => each !== false)
    .join(' ');
  return (
    <tr>
      <th scope="row">
        <span id={`${id}-name`}>{row.templateId}</span>
        {mayLeaveOut(row.templateId) && row.now === 0 && !isLocked && (
          <button
            type="button"
            className={`icon-button ${classes['remove'] ?? ''}`}
            aria-label={words.removeRow(row.templateId)}
            onClick={() => onRemove(index)}
          >
            ×
          </button>
        )}
      </th>
      <td className={classes['number']} data-label={words.now}>
        {text.facts.count(row.now)}
      </td>
      <td className={classes['want']}>
        <CountInput
          templateId={row.templateId}
          labelledBy={`${id}-name`}
          describedBy={describedBy === '' ? undefined : describedBy}
          value={value}
          isInvalid={error !== null}
          isLocked={isLocked}
          held={row.now}
          inputRef={(element) => {
            input.current = element;
            ref(element);
          }}
          onChange={(typed) => {
            onEdit();
            onChange(typed);
          }}
          onBlur={onBlur}
        />
      </td>
      <td className={classes['number']} data-label={words.free}>
        {/* The pool has what was known last; the preview, which decides, leaves it out. */}
        <FreeCount free={pool.templates.find((each) => each.templateId === row.templateId)?.free ?? row.free} />
      </td>
      <td className={classes['will']}>
        {error !== null && (
          <span id={`${id}-error`} className={classes['error']}>
            {error}
          </span>
        )}
        {asked !== null && (
          <SideChoice
            labelledBy={`${id}-name`}
            mine={asked.mine}
            theirs={asked.theirs}
            choice={choice}
            onChoose={(side) => choose?.(row.templateId, { side, mine: asked.mine, theirs: asked.theirs })}
          />
        )}
        <span id={`${id}-will`}>
          <SaveEffectsCell notes={notes} />
        </span>
      </td>
    </tr>
  );
}

function errorWords(error: FieldError | undefined, held: number): string | null {
  const problem = countProblemOf(error?.message);
  if (problem === null) return null;
  return problem === 'empty' ? text.editor.countProblems.empty(held) : text.editor.countProblems[problem];
}
