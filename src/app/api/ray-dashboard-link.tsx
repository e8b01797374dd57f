import { text } from '../text/text.ts';
import { useSession } from './console.tsx';
import { rayDashboardPath, type RayDashboardPage } from './ray-dashboard-path.ts';

/** A link to a page of Ray's own dashboard, in a new tab; nothing unless the console is configured with its address. */
export function RayDashboardLink({ page }: { readonly page: RayDashboardPage }) {
  const url = useSession()?.ray.dashboardUrl ?? null;
  if (url === null) return null;
  const words = text.rayDashboard;
  return (
    <a href={url + rayDashboardPath(page)} target="_blank" rel="noopener noreferrer" title={words.opens}>
      {words[page.kind]}
      <span aria-hidden="true"> ↗</span>
      <span className="visually-hidden"> {words.opens}</span>
    </a>
  );
}
