// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { KioskStrip } from './kiosk-strip.tsx';
import { applyMap, emptyMap } from '../layout/map-model.ts';

afterEach(cleanup);

test('a wall screen says what it shows and what the signs mean, is stopped, resumed and left', async () => {
  const model = emptyMap();
  const section = { key: 's', clusterId: 'team', jobClusterId: null, templateId: '4c8g' };
  const cells = { cells: 'bbd', slots: 3, changed: [] };
  applyMap(model, { version: 'e-1', whole: true, sections: [{ ...section, ...cells }], removed: [] });
  const [toggle, leave] = [vi.fn<() => void>(), vi.fn<() => void>()];
  const stripOf = (isStopped: boolean, clusterId: string | null) => (
    <KioskStrip
      tour={{ stop: clusterId === null ? null : { clusterId }, isStopped, toggle }}
      freshness={{ kind: 'live' }}
      model={model}
      leave={leave}
    />
  );
  const { rerender } = render(stripOf(false, null));
  expect(screen.getByText('Whole fleet')).toBeTruthy();
  expect(screen.getByText('Live')).toBeTruthy();
  expect(screen.getAllByRole('listitem').map((item) => item.textContent?.trim())).toEqual(['Used 2', 'Dead 1']);
  await userEvent.click(screen.getByRole('button', { name: 'Stop the tour' }));
  expect(toggle).toHaveBeenCalledOnce();
  rerender(stripOf(true, 'team'));
  expect(screen.getByText('team').textContent).toBe('team · stopped');
  await userEvent.click(screen.getByRole('button', { name: 'Resume the tour' }));
  expect(toggle).toHaveBeenCalledTimes(2);
  await userEvent.click(screen.getByRole('button', { name: 'Leave the wall screen' }));
  expect(leave).toHaveBeenCalledOnce();
});
