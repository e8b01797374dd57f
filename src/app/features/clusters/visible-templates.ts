import type { TemplateNodes } from '../../../domain/fleet.ts';

/** How many templates of one virtual cluster a row shows. */
export const MAX_VISIBLE_TEMPLATES = 10;

/** The templates that a row shows, in order, and those that it only counts. Templates with dead nodes have priority. */
export function visibleTemplatesOf(
  templates: readonly TemplateNodes[],
  most = MAX_VISIBLE_TEMPLATES,
): { readonly shown: readonly TemplateNodes[]; readonly more: readonly TemplateNodes[] } {
  if (templates.length <= most) return { shown: templates, more: [] };
  const urgent = templates.filter(hasDead);
  const chosen = new Set([...urgent, ...templates.filter((each) => !hasDead(each))].slice(0, most));
  return { shown: templates.filter((each) => chosen.has(each)), more: templates.filter((each) => !chosen.has(each)) };
}

/** Templates with dead nodes first: where not all fit, these are to be seen. */
export function urgentFirst(templates: readonly TemplateNodes[]): readonly TemplateNodes[] {
  return [...templates.filter(hasDead), ...templates.filter((each) => !hasDead(each))];
}

function hasDead({ dead }: TemplateNodes): boolean {
  return dead.known && dead.value > 0;
}
