import { useEffect } from 'react';
import { useConnection, useConsole } from '../../../../api/console.tsx';
import { useFreshness } from '../../../../api/use-freshness.ts';
import { KioskStrip } from './kiosk-strip.tsx';
import type { MapModel } from '../layout/map-model.ts';
import { followBuilds, windowPage, type PageSource } from './newer-build.ts';
import { useKioskTour, type TouredView } from './use-kiosk-tour.ts';

interface KioskProps {
  readonly model: MapModel;
  readonly view: TouredView | null;
  readonly leave: () => void;
  readonly page?: PageSource;
}

/** What a wall screen does that nobody stands before: it tours, says how old its picture is, and takes up a new build. */
export function Kiosk({ model, view, leave, page = windowPage }: KioskProps) {
  const { clock } = useConsole();
  const isConnected = useConnection().state === 'live';
  const freshness = useFreshness();
  const tour = useKioskTour(model, view);
  // A console that is back may be another one.
  useEffect(() => (isConnected ? followBuilds({ clock, page }) : undefined), [isConnected, clock, page]);
  return <KioskStrip tour={tour} freshness={freshness} model={model} leave={leave} />;
}
