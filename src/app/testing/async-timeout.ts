import { beforeAll } from 'vitest';

/** How long a component's test waits for an element, ms: generous, for busy machines. */
const PATIENCE = 15_000;

// Loaded before each test file (`vitest.config.ts`); where there is no page, it loads nothing.
beforeAll(async () => {
  if (typeof document === 'undefined') return;
  const { configure } = await import('@testing-library/dom');
  configure({ asyncUtilTimeout: PATIENCE });
});
