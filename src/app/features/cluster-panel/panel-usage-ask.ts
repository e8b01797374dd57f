import type { VirtualCluster } from '../../../domain/fleet.ts';
import type { UsageAsk } from '../../api/usage-queries.ts';
import { readUsageRange, usageSpans } from '../../routing/usage-query.ts';

/** What a panel's chart asks for, by the URL's query. A template that the virtual cluster does not hold is none. */
export function panelUsageAsk(
  { id, templates }: Pick<VirtualCluster, 'id' | 'templates'>,
  search: string,
): UsageAsk & { readonly cluster: string } {
  const asked = new URLSearchParams(search).get('of');
  const template = asked !== null && templates.some(({ templateId }) => templateId === asked) ? asked : null;
  return { cluster: id, span: usageSpans[readUsageRange(search)], ...(template === null ? {} : { template }) };
}
