import { createTheme, type CSSVariablesResolver } from '@mantine/core';

/** Mantine's theme on the page's tokens. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  colors: {
    accent: [
      '#eaf2fd',
      '#d0e2fb',
      '#a7c7f7',
      '#79a9f2',
      '#4f8ded',
      '#3376e0',
      '#1c5fd4',
      '#1552bd',
      '#1147a6',
      '#0c3a8a',
    ],
  },
  autoContrast: true,
  defaultRadius: 4,
  // What has no Chinese characters comes first; the rest are what systems have for those.
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  // The sizes of tokens.css: Mantine's small text is the page's body text.
  fontSizes: {
    xs: 'var(--font-xs)',
    sm: 'var(--font-md)',
    md: 'var(--font-md)',
    lg: 'var(--font-lg)',
    xl: 'var(--font-2xl)',
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** Maps Mantine's colours to the page's tokens, which pass the contrast checks. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-quiet)',
    '--mantine-color-placeholder': 'var(--text-quiet)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--surface-hover)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-anchor': 'var(--accent-text)',
  };
  // Mantine's dark greys, used under inputs and menus, differ from the page's.
  const dark = { '--mantine-color-dark-6': 'var(--surface-quiet)', '--mantine-color-dark-4': 'var(--line)' };
  return { variables: {}, light: shared, dark: { ...shared, ...dark } };
};
