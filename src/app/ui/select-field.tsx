import { useId, type ChangeEvent } from 'react';
import classes from './select-field.module.css';

type Option = string | { readonly value: string; readonly label: string };
interface OptionGroup {
  readonly group: string;
  readonly items: readonly Option[];
}

interface SelectFieldProps {
  /** Shown above it. Without one, `aria-label` names it. */
  readonly label?: string;
  readonly 'aria-label'?: string;
  /** Whether it has the focus when its dialog opens. */
  readonly 'data-autofocus'?: boolean;
  readonly data: readonly (Option | OptionGroup)[];
  readonly value: string;
  readonly onChange: (event: ChangeEvent<HTMLSelectElement>) => void;
}

/** One of a few choices, by the browser's own list: it works alike by keyboard, touch and screen reader. */
export function SelectField({ label, data, value, onChange, ...named }: SelectFieldProps) {
  const id = useId();
  return (
    <div className={classes['field']}>
      {label !== undefined && (
        <label className={classes['label']} htmlFor={id}>
          {label}
        </label>
      )}
      <span className={classes['box']}>
        <select
          id={id}
          className={`native-field ${classes['select'] ?? ''}`}
          value={value}
          onChange={onChange}
          {...named}
        >
          {data.map((each) =>
            typeof each === 'object' && 'group' in each ? (
              <optgroup key={each.group} label={each.group}>
                {each.items.map(optionOf)}
              </optgroup>
            ) : (
              optionOf(each)
            ),
          )}
        </select>
      </span>
    </div>
  );
}

function optionOf(option: Option) {
  const { value, label } = typeof option === 'string' ? { value: option, label: option } : option;
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
}
