import { Suspense } from 'react';
import { useFleet } from '../api/console.tsx';
import { lazyPart } from '../ui/lazy-part.ts';

const RayNoticeBanner = lazyPart(() => import('../features/ray-notice/ray-notice-banner.tsx'), 'RayNoticeBanner');

/** The notice of a restarted or emptied Ray, while there is one. It reads the fleet itself, so that the page around it does not. */
export function RayNoticeSlot() {
  const { fleet } = useFleet();
  if (fleet === null || fleet.notice === null) return null;
  return (
    <Suspense fallback={null}>
      <RayNoticeBanner key={fleet.notice.id} notice={fleet.notice} fleet={fleet} />
    </Suspense>
  );
}
