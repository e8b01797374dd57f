import { PythonError } from './python-error.ts';
import { parsePythonInt } from './python-int.ts';

export interface StateQuery {
  readonly limit: number;
  readonly detail: boolean;
  readonly filters: readonly { readonly key: string; readonly isEqual: boolean; readonly value: string }[];
}

/** The largest limit of the state API; the call fails beyond it (fact 17). */
export const MAX_ROWS = 10_000;
const DEFAULT_ROWS = 100;

/** Reads the query of a state API call; throws the `PythonError` that crashes the handler. */
export function parseStateQuery(query: URLSearchParams): StateQuery {
  const limitText = query.get('limit');
  const limit = limitText === null ? BigInt(DEFAULT_ROWS) : parsePythonInt(limitText);
  if (limit > BigInt(MAX_ROWS)) {
    throw new PythonError(
      'ValueError',
      `Given limit ${String(limit)} exceeds the supported limit ${String(MAX_ROWS)}. Use a lower limit.`,
    );
  }
  const detail = readBool(query.get('detail') ?? 'false');
  const values = query.getAll('filter_values');
  const predicates = query.getAll('filter_predicates');
  const filters = query.getAll('filter_keys').map((key, index) => ({
    key,
    isEqual: predicates[index] !== '!=',
    value: values[index] ?? '',
  }));
  if (limit < 0n) {
    throw new PythonError(
      'ValueError',
      'Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.',
    );
  }
  return { limit: Number(limit), detail, filters };
}

function readBool(text: string): boolean {
  if (text === 'true' || text === 'True' || text === '1') return true;
  if (text === 'false' || text === 'False' || text === '0') return false;
  throw new PythonError('ValueError', `Failed to convert a value ${text} of type <class 'str'> to <class 'bool'>`);
}

/** The columns of a row that can be filtered, compared case-insensitively. */
export type Filterable = Readonly<Record<string, string | boolean>>;

/** Whether a row passes the filters; throws a `PythonError` for an unknown column. */
export function matchesFilters(options: StateQuery, row: Filterable): boolean {
  return options.filters.every(({ key, isEqual, value }) => {
    if (!Object.hasOwn(row, key)) {
      throw new PythonError(
        'ValueError',
        `The given filter column ${key} is not supported. Supported filter columns: {${Object.keys(row)
          .map((name) => `'${name}'`)
          .join(', ')}}`,
      );
    }
    return (String(row[key]).toLowerCase() === value.toLowerCase()) === isEqual;
  });
}
