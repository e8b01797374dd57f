import { describeDenial, type Denial } from '../../domain/denial.ts';
import { problemReply } from '../web/problem-reply.ts';

export function forbidden(denial: Denial): Response {
  return problemReply(403, 'read-only', describeDenial(denial));
}
