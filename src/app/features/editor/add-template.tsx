import { Button, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { text } from '../../text/text.ts';
import classes from './add-template.module.css';
import { matchTemplates } from './match-templates.ts';

interface AddTemplateProps {
  /** Templates that the fleet's nodes have; empty when none is known. */
  readonly known: readonly string[];
  /** The head node's own template, which few mean to take (fact 15); null when it is not known. */
  readonly headTemplate: string | null;
  readonly inForm: readonly string[];
  readonly isLocked: boolean;
  /** Of a template that is in the form already: goes to its field. */
  readonly onAdd: (templateId: string) => void;
}

/** Adds a field for a template: the one among the fleet's that is meant, or, on purpose only, any other name. */
export function AddTemplate({ known, headTemplate, inForm, isLocked, onAdd }: AddTemplateProps) {
  const words = text.editor.add;
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const [active, setActive] = useState(0);
  const opener = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const wasCancelled = useRef(false);
  const name = typed.trim();
  // What can be added comes before what is in the form; the head's comes last.
  const rank = (templateId: string) => (templateId === headTemplate ? 2 : inForm.includes(templateId) ? 1 : 0);
  const matches = matchTemplates(name, known);
  const offered = name === '' ? matches.toSorted((a, b) => rank(a) - rank(b)) : matches;
  const isUnknown = name !== '' && !known.includes(name);
  const names = isUnknown && offered.length > 0 ? [...offered, name] : offered;
  const chosen = names[Math.min(active, names.length - 1)] ?? null;
  const problem = name === '' ? words.empty : null;
  const isNobodys = isUnknown && chosen === null && known.length > 0;
  const note = inForm.includes(name) ? words.duplicate(name) : isNobodys ? words.unknown : null;

  useEffect(() => {
    if (isOpen) input.current?.focus();
    else if (wasCancelled.current) opener.current?.focus();
    wasCancelled.current = false;
  }, [isOpen]);

  function close() {
    setOpen(false);
    setTyped('');
    setTried(false);
    setActive(0);
  }

  function add(templateId: string) {
    close();
    onAdd(templateId);
  }

  /** `onPurpose`: by the button, which also adds what no node has. */
  function submit(onPurpose: boolean) {
    if (problem !== null) return setTried(true);
    if (chosen !== null) return add(chosen);
    if (onPurpose || !isNobodys) return add(name);
    addButton.current?.focus();
  }

  /** Esc takes back the adding, not the editor; Enter adds what is meant, and doesn't save. */
  function pressed(event: KeyboardEvent<HTMLElement>) {
    const isInput = event.currentTarget === input.current;
    if (isInput && event.key === 'Enter') {
      event.preventDefault();
      submit(false);
    }
    if (isInput && (event.key === 'ArrowDown' || event.key === 'ArrowUp') && names.length > 0) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : names.length - 1;
      setActive((Math.min(active, names.length - 1) + step) % names.length);
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
      wasCancelled.current = true;
    }
  }

  function optionNote(templateId: string): string | null {
    if (!known.includes(templateId)) return words.unknownOption;
    if (inForm.includes(templateId)) return words.inForm;
    return templateId === headTemplate ? words.headOption : null;
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
      <div className={classes['line']}>
        <TextInput
          label={words.label}
          ref={input}
          className={classes['input'] ?? ''}
          role="combobox"
          aria-expanded={names.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen === null ? undefined : `${listId}-${String(names.indexOf(chosen))}`}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          error={tried && problem !== null ? problem : undefined}
          description={note ?? undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onKeyDown={pressed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setActive(0);
          }}
        />
        <Button ref={addButton} size="xs" variant="default" onKeyDown={pressed} onClick={() => submit(true)}>
          {words.add}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          onKeyDown={pressed}
          onClick={() => {
            close();
            wasCancelled.current = true;
          }}
        >
          {words.cancel}
        </Button>
      </div>
      <div id={listId} role="listbox" aria-label={words.known} className={classes['options']}>
        {names.map((templateId, index) => {
          const note = optionNote(templateId);
          return (
            // The keys are handled by the field, which keeps the focus.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={templateId}
              id={`${listId}-${String(index)}`}
              role="option"
              aria-selected={templateId === chosen}
              className={classes['option']}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => add(templateId)}
            >
              {templateId}
              {note !== null && <span className="quiet"> {note}</span>}
            </div>
          );
        })}
      </div>
    </div>
  );
}
