import * as titles from './titles.ts';

export const session = {
  title: titles.signIn,
  again: 'Sign in again',
  how: 'The console prints a sign-in link where it was started. Open that link, or paste it here.',
  howAgain: 'Your session has ended. What you typed is kept: sign in, and go on where you were.',
  another: 'A link works once, for 15 minutes. For another one, run where the console runs:',
  command: 'command',
  field: 'Sign-in link',
  button: 'Sign in',
  sending: 'Signing in',
  proxied:
    'You are signed out at the proxy that signs people in. Open the console in a new tab to sign in there; what you typed here is kept.',
  openAgain: 'Open the console in a new tab',
  signOut: 'Sign out',
  signedInAs: (who: string) => `You are ${who}`,
  unreachable: 'The console did not answer. Try again.',
};
