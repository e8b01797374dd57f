// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { isPageKey, isPaletteKey, isShortcut } from './keyboard-shortcut.ts';
import { readKey } from './shortcuts.ts';
import { setShortcutsOn } from './shortcuts-setting.ts';

beforeEach(() => {
  document.body.innerHTML = '';
  window.localStorage.clear();
});

/** Presses the keys one after the other, each so many ms after the one before. */
function read(keys: string, apart = 100) {
  let first = null;
  const hits = [];
  for (const [index, key] of keys.split(' ').entries()) {
    const seen = readKey(first, key, index * apart);
    first = seen.first;
    hits.push(seen.hit);
  }
  return hits;
}

test('a pair of keys is read as one, and a second key that completes none counts by itself', () => {
  expect(read('g m')).toEqual([null, 'nodes']);
  expect(read('g e')).toEqual([null, 'edit']);
  expect(read('g g c')).toEqual([null, null, 'clusters']);
  expect(read('m c o')).toEqual([null, null, null]);
  expect(read('g j n ?')).toEqual([null, 'journal', 'create', 'help']);
  expect(read('g u')).toEqual([null, 'usage']);
  expect(read('g p')).toEqual([null, 'plans']);
});

test('the second key of a pair is not waited for longer than a moment', () => {
  expect(read('g m', 1_501)).toEqual([null, null]);
});

function press(html: string, init: KeyboardEventInit): KeyboardEvent {
  document.body.innerHTML = html;
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
  (document.querySelector('[data-here]') ?? document.body).dispatchEvent(event);
  return event;
}

test('a single key means nothing with a modifier, in a field, in a menu, under a dialog, or while it is held', () => {
  const means = (html: string, init: KeyboardEventInit = {}) => isShortcut(press(html, { key: 'e', ...init }), 'e');
  expect(means('<a data-here href="#x">x</a>')).toBe(true);
  expect([means('', { ctrlKey: true }), means('', { metaKey: true }), means('', { altKey: true })]).toEqual([
    false,
    false,
    false,
  ]);
  expect(means('<input data-here>')).toBe(false);
  expect(means('<select data-here></select>')).toBe(false);
  expect(means('<div role="menu"><button data-here>x</button></div>')).toBe(false);
  expect(means('<div role="dialog"><button data-here>x</button></div>')).toBe(false);
  expect(means('<section role="dialog" aria-modal="true"></section>')).toBe(false);
  expect(means('', { repeat: true })).toBe(false);
  expect(means('', { isComposing: true })).toBe(false);
});

test('single keys are switched off, and stay so in this browser; the palette has a modifier and stays', () => {
  setShortcutsOn(false);
  expect(isPageKey(press('', { key: 'e' }))).toBe(false);
  expect(isPaletteKey(press('<input data-here>', { key: 'k', ctrlKey: true }))).toBe(true);
  setShortcutsOn(true);
  expect(isPageKey(press('', { key: 'e' }))).toBe(true);
});

test('Ctrl K does not open the palette over a dialog, nor with another modifier', () => {
  expect(isPaletteKey(press('<div aria-modal="true"></div>', { key: 'k', ctrlKey: true }))).toBe(false);
  expect(isPaletteKey(press('', { key: 'K', ctrlKey: true, shiftKey: true }))).toBe(false);
  expect(isPaletteKey(press('', { key: 'k' }))).toBe(false);
});
