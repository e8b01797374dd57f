import { Button, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { text } from '../../text/text.ts';
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
  const input = useRef<HTMLInputElement>(null);
  const wasCancelled = useRef(false);
  const offered = known.filter((templateId) => !inForm.includes(templateId));
  const name = typed.trim();
  const problem = name === '' ? words.empty : inForm.includes(name) ? words.duplicate(name) : null;
  const warning = problem === null && known.length > 0 && !known.includes(name) ? words.unknown : null;

  useEffect(() => {
    if (isOpen) input.current?.focus();
    else if (wasCancelled.current) opener.current?.focus();
    wasCancelled.current = false;
  }, [isOpen]);

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

  /** Esc takes back the adding, not the editor; Enter adds, and doesn't save. */
  function pressed(event: KeyboardEvent<HTMLElement>) {
    if (event.key === 'Enter' && event.currentTarget === input.current) {
      event.preventDefault();
      submit();
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      cancel();
    }
  }

  function cancel() {
    close();
    wasCancelled.current = true;
  }

  if (!isOpen) {
    return (
      <Button
        ref={opener}
        variant="default"
        size="xs"
        className={classes['opener'] ?? ''}
        disabled={isLocked}
        onClick={() => setOpen(true)}
      >
        {words.open}
      </Button>
    );
  }
  return (
    <div role="group" aria-label={words.open} className={classes['add']}>
      {offered.length > 0 && (
        <div role="group" aria-label={words.known} className={classes['known']}>
          {offered.slice(0, MOST_BUTTONS).map((templateId) => (
            <button
              key={templateId}
              type="button"
              className="small-button"
              onKeyDown={pressed}
              onClick={() => add(templateId)}
            >
              {templateId}
            </button>
          ))}
        </div>
      )}
      <div className={classes['line']}>
        <TextInput
          label={words.label}
          ref={input}
          className={classes['input'] ?? ''}
          list={listId}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          error={tried && problem !== null ? problem : undefined}
          description={warning ?? undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onKeyDown={pressed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" onKeyDown={pressed} onClick={submit}>
          {words.add}
        </Button>
        <Button size="xs" variant="subtle" onKeyDown={pressed} onClick={cancel}>
          {words.cancel}
        </Button>
      </div>
      <datalist id={listId}>
        {offered.map((templateId) => (
          <option key={templateId}>{templateId}</option>
        ))}
      </datalist>
    </div>
  );
}
