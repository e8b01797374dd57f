import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { withBasePath } from '../../routing/base-path.ts';

/** Shown where a proxy signs people in: only the proxy can do so again. */
export function ProxySignInNotice() {
  return (
    <>
      <p>{text.session.proxied}</p>
      <p>
        <a href={withBasePath(pathTo.clusters)} target="_blank" rel="noopener">
          {text.session.openAgain}
        </a>
      </p>
    </>
  );
}
