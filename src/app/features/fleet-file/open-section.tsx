import { useEffect, useEffectEvent, useRef, useState, type ChangeEvent, type RefObject } from 'react';
import { MAX_FILE_BYTES } from '../../../fleet-file/schema.ts';
import { fleetFileText } from '../../text/fleet-file-text.ts';
import classes from './fleet-file.module.css';

/** A file's text, and its name; null where it was pasted. */
export interface OpenedFile {
  readonly name: string | null;
  readonly text: string;
  /** Whether some of it was typed or pasted, and is nowhere else. */
  readonly isTyped: boolean;
}

export const NOTHING_OPENED: OpenedFile = { name: null, text: '', isTyped: false };

interface OpenSectionProps {
  readonly opened: OpenedFile;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly onOpened: (opened: OpenedFile) => void;
}

/** A fleet file: chosen, dropped or pasted. Its text can be mended in place. */
export function OpenSection({ opened, field, onOpened }: OpenSectionProps) {
  const words = fleetFileText.into;
  const chooser = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);

  async function read(file: File | null | undefined) {
    if (file === null || file === undefined) return;
    // Not read at all: a parser takes a hundred times a file's memory.
    if (file.size > MAX_FILE_BYTES) return setProblem(words.tooLarge(file.name));
    try {
      onOpened({ name: file.name, text: await file.text(), isTyped: false });
      setProblem(null);
    } catch {
      setProblem(words.failed(file.name));
    }
  }

  const readDropped = useEffectEvent(read);
  // Anywhere in the window: a browser opens what is dropped beside the field in the place of the page, and what was typed is gone.
  useEffect(() => {
    const isFile = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
    const onDragOver = (event: DragEvent) => {
      if (!isFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!isFile(event)) return;
      event.preventDefault();
      setOver(false);
      void readDropped(event.dataTransfer?.files[0]);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);

  function chosen({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    void read(currentTarget.files?.[0]);
    // The same file again is another choice.
    currentTarget.value = '';
  }

  return (
    <section
      aria-labelledby="open-a-file"
      className={`${classes['section'] ?? ''} ${classes['open'] ?? ''}`}
      data-over={isOver}
    >
      <h2 id="open-a-file">{words.title}</h2>
      <div className={`actions-row ${classes['actions'] ?? ''}`}>
        <label className="choice">
          <input ref={chooser} type="file" accept=".yaml,.yml" className="visually-hidden" onChange={chosen} />
          {words.choose}
        </label>
        <span className="quiet">{opened.name ?? words.drop}</span>
        {opened.text !== '' && (
          <button type="button" className="small-button" onClick={() => onOpened(NOTHING_OPENED)}>
            {words.clear}
          </button>
        )}
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
      <textarea
        ref={field}
        className={`native-field ${classes['text'] ?? ''}`}
        aria-label={words.text}
        rows={opened.text === '' ? 4 : 14}
        spellCheck={false}
        value={opened.text}
        onChange={(event) => onOpened({ ...opened, text: event.currentTarget.value, isTyped: true })}
      />
    </section>
  );
}
