import { known } from '../../domain/sourced.ts';
import type { TemplateNodes } from '../../domain/fleet.ts';

/** A template's nodes in a virtual cluster; what `more` does not say is a known 0. */
export function templateNodes(templateId: string, count: number, more: Partial<TemplateNodes> = {}): TemplateNodes {
  const none = known(0, 'state');
  const removable = { count, atMost: false };
  return { templateId, count, used: none, reserved: none, idle: none, dead: none, removable, ...more };
}
