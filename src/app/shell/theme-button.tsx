import { useMantineColorScheme } from '@mantine/core';
import { text } from '../text/text.ts';

const order = ['auto', 'light', 'dark'] as const;
const signs = { auto: '◐', light: '☀', dark: '☾' } as const;

/** Switches between the system's theme, light and dark; remembered in this browser. */
export function ThemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const next = order[(order.indexOf(colorScheme) + 1) % order.length] ?? 'auto';
  return (
    <button type="button" className="small-button" onClick={() => setColorScheme(next)}>
      <span aria-hidden="true">{signs[colorScheme]} </span>
      {text.shell.theme[colorScheme]}
    </button>
  );
}
