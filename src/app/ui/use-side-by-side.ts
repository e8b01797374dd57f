import { useMediaQuery } from '@mantine/hooks';

/** The same width as in clusters-page.module.css and cluster-panel.module.css. */
const SIDE_BY_SIDE_QUERY = '(min-width: 1200px)';

/** Whether the window is wide enough for a panel beside the list; below that the panel replaces it. */
export function useSideBySide(): boolean {
  return useMediaQuery(SIDE_BY_SIDE_QUERY, true, { getInitialValueInEffect: false });
}
