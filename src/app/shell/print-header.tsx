import type { Session } from '../../contract/session.ts';
import { useConsole } from '../api/console.tsx';
import { text } from '../text/text.ts';
import { fullTimeText } from '../ui/time-text.ts';
import { useIsPrinting } from '../ui/use-is-printing.ts';

/** Heads each printout: of which Ray it is, and of when. */
export function PrintHeader({ session }: { readonly session: Session | null }) {
  const { time } = useConsole();
  if (!useIsPrinting()) return null;
  const { simulated, print, ray, name } = text.shell;
  const of =
    session === null ? null : session.ray.simulated ? simulated : ray(session.ray.address, session.ray.version);
  return (
    <p className="print-only quiet">
      {[name, of, print.at(fullTimeText(time.now()))].filter((part) => part !== null).join(' · ')}
    </p>
  );
}
