import { useRef, useState, type ChangeEvent, type DragEvent, type RefObject } from 'react';
import { MAX_FILE_BYTES } from '../../../fleet-file/schema.ts';
import { fleetFileText } from '../../text/fleet-file-text.ts';
import classes from './fleet-file.module.css';

/** A file's text, and its name; null where it was pasted. */
export interface OpenedFile {
  readonly name: string | null;
  readonly text: string;
}

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
      onOpened({ name: file.name, text: await file.text() });
      setProblem(null);
    } catch {
      setProblem(words.failed(file.name));
    }
  }

  function dropped(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void read(event.dataTransfer.files[0]);
  }

  function chosen({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    void read(currentTarget.files?.[0]);
    // The same file again is another choice.
    currentTarget.value = '';
  }

  return (
    // A file can be dropped; whoever can't drop one chooses it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      aria-labelledby="open-a-file"
      className={`${classes['section'] ?? ''} ${classes['open'] ?? ''}`}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <h2 id="open-a-file">{words.title}</h2>
      <div className={`actions-row ${classes['actions'] ?? ''}`}>
        <label className="choice">
          <input ref={chooser} type="file" accept=".yaml,.yml" className="visually-hidden" onChange={chosen} />
          {words.choose}
        </label>
        <span className="quiet">{opened.name ?? words.drop}</span>
        {opened.text !== '' && (
          <button type="button" className="small-button" onClick={() => onOpened({ name: null, text: '' })}>
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
        onChange={(event) => onOpened({ ...opened, text: event.currentTarget.value })}
      />
    </section>
  );
}
