import { useMantineColorScheme } from '@mantine/core';
import { text } from '../text/text.ts';

const order = ['auto', 'light', 'dark'] as const;
const signs = { auto: '◐', light: '☀', dark: '☾' } as const;

export function nextTheme(of: (typeof order)[number]): (typeof order)[number] {
  return order[(order.indexOf(of) + 1) % order.length] ?? 'auto';
}

/** Switches between the system's theme, light and dark; remembered in this browser. */
export function ThemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <button type="button" className="small-button" onClick={() => setColorScheme(nextTheme(colorScheme))}>
      <span aria-hidden="true">{signs[colorScheme]} </span>
      {text.shell.theme[colorScheme]}
    </button>
  );
}
