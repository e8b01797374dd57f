import { Button, TextInput } from '@mantine/core';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { text } from '../text/text.ts';
import classes from './add-template.module.css';

interface AddTemplateProps {
  /** Templates that the fleet's nodes have; empty when none is known. */
  readonly known: readonly string[];
  readonly inForm: readonly string[];
  readonly isLocked: boolean;
  readonly onAdd: (templateId: string) => void;
}

/** How many known templates are offered as buttons; all of them are in the field's list. */
const MOST_BUTTONS = 8;

/** Adds a field for a template: one that the fleet has, or any name. */
export function AddTemplate({ known, inForm, isLocked, onAdd }: AddTemplateProps) {
  const words = text.editor.add;
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const offered = known.filter((templateId) => !inForm.includes(templateId));
  const name = typed.trim();
  const problem = name === '' ? words.empty : inForm.includes(name) ? words.duplicate(name) : null;
  const warning = problem === null && known.length > 0 && !known.includes(name) ? words.unknown : null;

  function close() {
    setOpen(false);
    setTyped('');
    setTried(false);
  }

  function add(templateId: string) {
    close();
    onAdd(templateId);
  }

  function submit() {
    if (problem === null) add(name);
    else setTried(true);
  }

  function pressed(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      event.preventDefault();
      submit();
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
      opener.current?.focus();
    }
  }

  if (!isOpen) {
    return (
      <Button ref={opener} variant="default" size="xs" className={classes['opener'] ?? ''} disabled={isLocked} onClick={() => setOpen(true)}>
        {words.open}
      </Button>
    );
  }
  return (
    // The keys are those of its field and buttons.
    <div role="group" aria-label={words.open} className={classes['add']} onKeyDown={pressed}>
      {offered.length > 0 && (
        <div role="group" aria-label={words.known} className={classes['known']}>
          {offered.slice(0, MOST_BUTTONS).map((templateId) => (
            <button key={templateId} type="button" className={classes['pick']} onClick={() => add(templateId)}>
              {templateId}
            </button>
          ))}
        </div>
      )}
      <div className={classes['line']}>
        <TextInput
          label={words.label}
          className={classes['input'] ?? ''}
          list={listId}
          data-autofocus
          autoFocus
          autoComplete="off"
          spellCheck={false}
          value={typed}
          error={tried && problem !== null ? problem : undefined}
          description={warning ?? undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" onClick={submit}>
          {words.add}
        </Button>
        <Button size="xs" variant="subtle" onClick={close}>
          {words.cancel}
        </Button>
      </div>
      <datalist id={listId}>
        {offered.map((templateId) => (
          <option key={templateId} value={templateId} />
        ))}
      </datalist>
    </div>
  );
}
