import type { Denial } from '../../domain/denial.ts';
import { denialReply } from '../web/problem-reply.ts';

export function forbidden(denial: Denial): Response {
  return denialReply(403, 'read-only', denial);
}
