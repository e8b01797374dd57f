import { expect, test } from 'vitest';
import { createMapCamera } from './map-camera.ts';

const plot = { width: 316, height: 416 };

/** A camera over a map of so many cells. */
function cameraOver(world: { readonly width: number; readonly height: number }, isTall: boolean) {
  return createMapCamera({ world: () => world, isTall: () => isTall, plot: () => plot, ratio: () => 1, start: null });
}

test('a map that is higher than the plot is shown from its top, as wide as the plot, until all of it is asked for', () => {
  const camera = cameraOver({ width: 60, height: 500 }, true);
  camera.settle();
  expect(camera.view().zoom).toBe(5);
  expect(camera.place()).toBeNull();
  // Whoever drags it stays where they are while the map changes.
  camera.panBy(0, -1_000);
  const { y } = camera.view();
  camera.settle();
  expect(camera.view()).toMatchObject({ zoom: 5, y });
  // Zoomed in and out again, too: smaller cards would have no names.
  camera.zoomBy(4);
  camera.zoomBy(0.01);
  expect(camera.view().zoom).toBe(5);
  expect(camera.view().y).toBeCloseTo(y, 0);
  camera.fitAll();
  expect(camera.view().zoom).toBeCloseTo(0.8);
  // A link leads to what is seen.
  expect(camera.place()).toMatchObject({ zoom: camera.view().zoom });
  camera.resetView();
  expect(camera.place()).toBeNull();
  expect(camera.view().zoom).toBe(5);
});

test('any other map is shown as a whole, also when it is zoomed out to the end', () => {
  const camera = cameraOver({ width: 60, height: 60 }, false);
  camera.settle();
  expect([camera.view().zoom, camera.place()]).toEqual([5, null]);
  camera.zoomBy(4);
  expect(camera.place()).not.toBeNull();
  camera.zoomBy(0.001);
  expect([camera.view().zoom, camera.place()]).toEqual([5, null]);
});
