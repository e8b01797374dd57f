import * as z from 'zod/mini';
import type { RayIdentity } from '../../domain/sources.ts';
import { parseReply, type Parsed, type Reply } from './reply.ts';

const versionReply = z.object({ ray_version: z.string(), session_name: z.string() });

/** `/api/version`: another session name is another Ray (fact 27). */
export function readIdentity(reply: Reply): Parsed<RayIdentity> {
  const version = parseReply(versionReply, reply);
  if (!version.ok) return version;
  return { ok: true, value: { version: version.value.ray_version, sessionName: version.value.session_name } };
}
