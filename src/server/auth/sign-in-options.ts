import type { ProxySignIn } from '../../backend/auth/proxy-sign-in.ts';
import type { SessionTimes } from '../../backend/auth/sessions.ts';

/** How people sign in. */
type SignInOption =
  | { readonly kind: 'none' }
  | { readonly kind: 'link'; readonly times: SessionTimes }
  | { readonly kind: 'proxy'; readonly proxy: ProxySignIn };

/** Who may use the console, as the command line asks for it. */
export interface AccessOptions {
  readonly signIn: SignInOption;
  /** Addresses, or ranges as `10.0.0.0/8`. */
  readonly trustedProxies: readonly string[];
}
