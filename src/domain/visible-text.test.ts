import { expect, test } from 'vitest';
import { hasHiddenCharacter, visibleText } from './visible-text.ts';

test.each([
  ['Night\u202Egnp.exe', 'Nightgnp.exe'],
  ['a\u0000\u001B[2Jb', 'a[2Jb'],
  [' \t a \r\n b ', 'a b'],
  ['\u200B\u2066 \uFEFF', ''],
  ['\u{1F469}\u200D\u{1F4BB}', '\u{1F469}\u200D\u{1F4BB}'],
])('%j is shown as %j', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
  expect(hasHiddenCharacter(visibleText(text))).toBe(false);
});
