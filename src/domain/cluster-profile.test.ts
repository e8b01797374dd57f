import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changedProfileFields,
  checkProfile,
  EMPTY_PROFILE,
  isEmptyProfile,
  isMailAddress,
  MAX_LABELS,
  profileLimits,
  type ClusterProfile,
} from './cluster-profile.ts';
import { deepEqual } from './deep-equal.ts';

const problemsOf = (given: Partial<ClusterProfile>) => {
  const checked = checkProfile({ ...EMPTY_PROFILE, ...given });
  return checked.ok ? null : checked.problems;
};

describe('what is kept', () => {
  test('texts are one line without outer space, and labels stand once', () => {
    const typed = {
      owner: '  Wei \n Zhang ',
      contact: 'wei@example.com',
      purpose: 'nightly\tETL',
      link: ' https://tickets.example.com/T-1 ',
      labels: [' gpu ', 'team=data', 'gpu', ''],
    };
    expect(checkProfile(typed)).toEqual({
      ok: true,
      profile: {
        owner: 'Wei Zhang',
        contact: 'wei@example.com',
        purpose: 'nightly ETL',
        link: 'https://tickets.example.com/T-1',
        labels: ['gpu', 'team=data'],
      },
    });
  });

  test('words of every script, and emoji of several characters', () => {
    expect(problemsOf({ owner: 'צוות נתונים', purpose: '数据平台 👩‍💻', labels: ['组=数据', 'région=été'] })).toBeNull();
  });

  test('is accepted again unchanged, whatever was typed', () => {
    const settles = () =>
      fc.assert(
        fc.property(
          fc.record({
            owner: fc.string({ unit: 'binary', maxLength: 40 }),
            contact: fc.string(),
            purpose: fc.string(),
            link: fc.oneof(fc.webUrl(), fc.string()),
            labels: fc.array(fc.string(), { maxLength: 4 }),
          }),
          (typed) => {
            const checked = checkProfile(typed);
            return deepEqual(checked.ok ? checkProfile(checked.profile) : checked, checked);
          },
        ),
        { numRuns: 40 },
      );
    expect(settles).not.toThrow();
  });
});

describe('what is refused', () => {
  test.each([
    ['javascript:alert(1)'],
    ['JaVaScRiPt:alert(1)'],
    ['data:text/html,<script>alert(1)</script>'],
    ['http://tickets.example.com/1'],
    ['//tickets.example.com/1'],
    ['/clusters'],
    ['https:tickets.example.com'],
    ['https://wei:secret@example.com/'],
    ['https://example.com\\@evil.example'],
    ['https://exa mple.com/'],
    ['mailto:'],
    ['mailto:wei'],
    ['file:///etc/passwd'],
    ['T-1'],
  ])('the link %s', (link) => {
    expect(problemsOf({ link })).toEqual({ link: 'bad-link' });
  });

  test.each([['https://tickets.example.com/T-1?x=1#y'], ['mailto:wei@example.com'], ['HTTPS://例え.jp/']])(
    'but not the link %s',
    (link) => {
      expect(problemsOf({ link })).toBeNull();
    },
  );

  test.each(['\u202Eevil', 'a\u2066b', 'a\u0000b', 'a\u200Fb', 'a\uFFF9b', '\uD800', 'a\u{E0041}b'])(
    'hidden characters in any field: %j',
    (text) => {
      for (const field of ['owner', 'contact', 'purpose', 'link'] as const)
        expect(problemsOf({ [field]: text }), field).toEqual({ [field]: 'hidden-character' });
      expect(problemsOf({ labels: [text] })).toEqual({ labels: 'hidden-character' });
    },
  );

  test('texts that are too long, each by its own limit', () => {
    for (const field of ['owner', 'contact', 'purpose'] as const) {
      expect(problemsOf({ [field]: 'x'.repeat(profileLimits[field]) })).toBeNull();
      expect(problemsOf({ [field]: 'x'.repeat(profileLimits[field] + 1) })).toEqual({ [field]: 'too-long' });
    }
    expect(problemsOf({ link: `https://x.example/${'x'.repeat(400)}` })).toEqual({ link: 'too-long' });
  });

  test('labels: too many, too long, or no word', () => {
    const many = Array.from({ length: MAX_LABELS + 1 }, (_, n) => `l${String(n)}`);
    expect(problemsOf({ labels: many })).toEqual({ labels: 'too-many-labels' });
    expect(problemsOf({ labels: many.slice(1) })).toBeNull();
    expect(problemsOf({ labels: ['x'.repeat(65)] })).toEqual({ labels: 'too-long' });
    for (const label of ['a b', 'a=b=c', '=a', 'a,b', '<b>', '"a"', 'a;b'])
      expect(problemsOf({ labels: [label] }), label).toEqual({ labels: 'bad-label' });
  });
});

test('what differs is told by field, and nothing told is empty', () => {
  const profile = { ...EMPTY_PROFILE, owner: 'Wei', labels: ['gpu'] };
  expect(changedProfileFields(EMPTY_PROFILE, profile)).toEqual(['owner', 'labels']);
  expect(isEmptyProfile(EMPTY_PROFILE)).toBe(true);
  expect(isEmptyProfile(profile)).toBe(false);
});

test('only a whole mail address is one', () => {
  expect(['wei@example.com', "o'hara+x@sub.example.com"].every(isMailAddress)).toBe(true);
  expect(['wei', '@x', 'a@b?cc=c@d', 'a@b, c@d', '#data-platform', 'a b@c'].some(isMailAddress)).toBe(false);
});
