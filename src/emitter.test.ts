import { expect, test, vi } from 'vitest';
import { createEmitter } from './emitter.ts';

test('calls every listener with the value, in the order in which they subscribed', () => {
  const calls: string[] = [];
  const { subscribe, emit } = createEmitter<string>();
  subscribe((value) => calls.push(`first ${value}`));
  subscribe((value) => calls.push(`second ${value}`));
  emit('a');
  expect(calls).toEqual(['first a', 'second a']);
});

test('does not call a listener that unsubscribed, not even during an emit', () => {
  const { subscribe, emit, size } = createEmitter();
  const end = { last: () => undefined as void };
  const last = vi.fn<() => void>();
  subscribe(() => end.last());
  end.last = subscribe(last);
  emit();
  expect(last).not.toHaveBeenCalled();
  expect(size()).toBe(1);
});

test('counts the same function once for each subscription', () => {
  const { subscribe, emit, size } = createEmitter();
  const listener = vi.fn<() => void>();
  const end = subscribe(listener);
  subscribe(listener);
  end();
  end();
  expect(size()).toBe(1);
  emit();
  expect(listener).toHaveBeenCalledTimes(1);
});
