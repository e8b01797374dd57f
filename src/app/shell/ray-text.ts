import type { Session } from '../../contract/session.ts';
import { text } from '../text/text.ts';

/** Which Ray is shown, in words. */
export function rayText(ray: Session['ray']): string {
  return ray.simulated ? text.shell.simulated : text.shell.ray(ray.address, ray.version);
}
