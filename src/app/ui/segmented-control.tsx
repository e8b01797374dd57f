import classes from './segmented-control.module.css';

interface SegmentsProps<Key extends string> {
  /** The `name` of the radio buttons; unique on the page. */
  readonly name: string;
  readonly label: string;
  readonly isLabelShown?: boolean;
  readonly keys: readonly Key[];
  readonly words: Readonly<Record<Key, string>>;
  readonly value: Key;
  readonly onChange: (key: Key) => void;
}

/** Radio buttons that look like one bar. */
export function SegmentedControl<Key extends string>({
  name,
  label,
  isLabelShown = false,
  keys,
  words,
  value,
  onChange,
}: SegmentsProps<Key>) {
  return (
    <fieldset className={classes['segments']}>
      <legend className={isLabelShown ? classes['label'] : 'visually-hidden'}>{label}</legend>
      {keys.map((key) => (
        <label key={key} className="choice segment">
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            checked={value === key}
            onChange={() => onChange(key)}
          />
          {words[key]}
        </label>
      ))}
    </fieldset>
  );
}
