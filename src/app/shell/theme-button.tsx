import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { text } from '../text/text.ts';

const order = ['auto', 'light', 'dark'] as const;
const signs = { auto: '◐', light: '☀', dark: '☾' } as const;

/** Switches between the system's theme, light and dark; remembered in this browser. */
export function ThemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const next = order[(order.indexOf(colorScheme) + 1) % order.length] ?? 'auto';
  const label = text.shell.theme[colorScheme];
  return (
    <ActionIcon variant="default" size={28} aria-label={label} title={label} onClick={() => setColorScheme(next)}>
      <span aria-hidden="true">{signs[colorScheme]}</span>
    </ActionIcon>
  );
}
