import { useMediaQuery } from '@mantine/hooks';

/** The same width as in list-columns.module.css: only such a list has a column for the last 7 days. */
const WIDE = '(min-width: 1360px)';

/** Whether the window may be wide enough for the column of the last 7 days. */
export function useTrendColumn(): boolean {
  return useMediaQuery(WIDE, false, { getInitialValueInEffect: false });
}
