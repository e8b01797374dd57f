import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { text } from '../../text/text.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import classes from './sign-in.module.css';
import { tokenIn } from './sign-in-token.ts';

const COMMAND = 'virtual-cluster-console sign-in-link';

interface SignInFormProps {
  readonly signIn: (token: string) => void;
  readonly isPending: boolean;
  /** Why signing in failed, in one sentence; null if it did not. */
  readonly failure: string | null;
}

/** Takes a pasted sign-in link. */
export function SignInForm({ signIn, isPending, failure }: SignInFormProps) {
  const [pasted, setPasted] = useState('');
  const token = tokenIn(pasted);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (token !== null && !isPending) signIn(token);
  }

  return (
    <form className={classes['form']} onSubmit={submit}>
      {failure !== null && <Notice kind="bad" title={failure} />}
      <TextInput
        ref={field}
        type="password"
        label={text.session.field}
        value={pasted}
        onChange={(event) => setPasted(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <div>
        <Button type="submit" disabled={token === null} loading={isPending}>
          {isPending ? text.session.sending : text.session.button}
        </Button>
      </div>
      <div className={classes['another']}>
        <p>{text.session.another}</p>
        <span className={classes['command']}>
          <code>{COMMAND}</code>
          <CopyButton value={COMMAND} what={text.session.command} />
        </span>
      </div>
    </form>
  );
}
