// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, expect, test } from 'vitest';
import { useRowFocus } from './use-row-focus.ts';

afterEach(cleanup);

function Rows({ ids, selectedId }: { readonly ids: readonly string[]; readonly selectedId: string | null }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const fallback = useRef<HTMLElement>(null);
  const { onFocus, onBlur } = useRowFocus({
    body,
    ids,
    selectedId,
    fallback,
    onOpen: () => undefined,
    onChoose: () => undefined,
  });
  return (
    <table>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- As in the list. */}
      <tbody ref={body} onFocus={onFocus} onBlur={onBlur}>
        {ids.map((id) => (
          <tr key={id} data-id={id}>
            <td>
              <a href={`#${id}`} data-row-link>
                {id}
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const focused = () => document.activeElement?.textContent;

test('what was open closes, and its row goes a moment later: the row in its place has the focus', () => {
  const { rerender } = render(<Rows ids={['a', 'team', 'zz']} selectedId="team" />);
  rerender(<Rows ids={['a', 'team', 'zz']} selectedId={null} />);
  expect(focused()).toBe('team');
  rerender(<Rows ids={['a', 'zz']} selectedId={null} />);
  expect(focused()).toBe('zz');
});

test('a row that goes after somebody has left it takes no focus', () => {
  const { rerender } = render(<Rows ids={['a', 'team', 'zz']} selectedId="team" />);
  rerender(<Rows ids={['a', 'team', 'zz']} selectedId={null} />);
  screen.getByText('team').blur();
  rerender(<Rows ids={['a', 'zz']} selectedId={null} />);
  expect(document.activeElement).toBe(document.body);
});
