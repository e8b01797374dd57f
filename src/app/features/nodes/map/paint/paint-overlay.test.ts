import { expect, test } from 'vitest';
import { computeLayout } from '../layout/compute-layout.ts';
import { applyMap, emptyMap, type MapModel } from '../layout/map-model.ts';
import { randomMap } from '../testing/random-map.ts';
import { paintOverlay } from './paint-overlay.ts';
import type { OverlayMarks, Scene } from './scene.ts';

const colours = {
  surface: 'surface',
  text: 'text',
  quiet: 'quiet',
  line: 'line',
  mark: 'mark',
  current: 'current',
  heat: 'heat',
  states: {
    used: 'used',
    reserved: 'reserved',
    idle: 'idle',
    free: 'free',
    alive: 'alive',
    arriving: 'arriving',
    dead: 'dead',
    unknown: 'unknown',
  },
  hues: [],
};

const noMarks: OverlayMarks = {
  cursor: null,
  selected: null,
  hovered: null,
  card: null,
  cardCursor: null,
  hits: null,
  current: null,
};

const size = { width: 1_150, height: 760 };

/** The map as large as its cells have names, with everything dimmed while something is marked as found. */
function sceneOf(model: MapModel, marks: OverlayMarks): Scene {
  return {
    layout: computeLayout(model.sections.values(), 'cluster', size, null),
    sections: model.sections,
    names: {
      at: ({ section, slot }) => ({ id: `${section}.${String(slot)}`.slice(-8), hostname: null }),
      moved: () => {},
      stop: () => {},
    },
    view: { zoom: 80, x: 0, y: 0 },
    scale: 80,
    ratio: 1,
    size: { width: 80_000, height: 80_000 },
    plot: { x: 0, y: 0, width: 80_000, height: 80_000 },
    colours,
    colouring: 'cluster',
    jobNames: new Map(),
    marks,
    isDim: () => marks.hits !== null,
    widthsOf: () => (label) => label.length * 6,
  };
}

interface Painted {
  readonly what: 'fill' | 'text';
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly opacity: number;
}

/** What is filled and written, in order, in the canvas's own coordinates. */
function paintedOn(scene: Scene): readonly Painted[] {
  const painted: Painted[] = [];
  const saved: { x: number; y: number; opacity: number }[] = [];
  let [x, y] = [0, 0];
  const pen = {
    globalAlpha: 1,
    save: () => saved.push({ x, y, opacity: pen.globalAlpha }),
    restore() {
      const was = saved.pop();
      if (was !== undefined) [x, y, pen.globalAlpha] = [was.x, was.y, was.opacity];
    },
    translate(right: number, down: number) {
      x += right;
      y += down;
    },
    fillRect: (left: number, top: number) =>
      painted.push({ what: 'fill', x: x + left, y: y + top, label: '', opacity: pen.globalAlpha }),
    fillText: (label: string, left: number, top: number) =>
      painted.push({ what: 'text', x: x + left, y: y + top, label, opacity: pen.globalAlpha }),
    measureText: (label: string) => ({ width: label.length * 6 }),
  };
  // Whatever else it is asked to draw goes nowhere.
  const nothing = () => {};
  const canvas: CanvasRenderingContext2D = Object.create(
    new Proxy(pen, { get: (target, name) => Reflect.get(target, name) ?? nothing }),
    {
      globalAlpha: {
        get: () => pen.globalAlpha,
        set(opacity: number) {
          pen.globalAlpha = opacity;
        },
      },
    },
  );
  paintOverlay(canvas, scene);
  return painted;
}

test('a found node keeps its name where it would have one, and the names of all others are dimmed', () => {
  const model = emptyMap();
  applyMap(model, randomMap({ seed: 3, nodes: 60, clusters: 5 }));
  const isName = ({ what, label }: Painted) => what === 'text' && /\.\d+$/.test(label);
  const names = paintedOn(sceneOf(model, noMarks)).filter(isName);
  expect(names.length).toBeGreaterThan(40);
  expect(names.every(({ opacity }) => opacity === 1)).toBe(true);

  const section = [...model.sections.values()].find(({ slots }) => slots > 1);
  if (section === undefined) throw new Error('no section');
  const found = { section: section.key, slot: 1 };
  const painted = paintedOn(sceneOf(model, { ...noMarks, hits: [found], current: found }));
  const searched = painted.filter(isName);
  expect(searched.map(({ label, x, y }) => ({ label, x, y }))).toEqual(
    names.map(({ label, x, y }) => ({ label, x, y })),
  );
  const bright = searched.filter(({ opacity }) => opacity === 1);
  expect(bright.map(({ label }) => label)).toEqual([`${found.section}.1`.slice(-8)]);
  const [name] = bright;
  if (name === undefined) throw new Error('no name');
  // Nothing is painted over it.
  const after = painted.slice(painted.indexOf(name) + 1);
  expect(
    after.filter(
      ({ what, x, y }) => what === 'fill' && Math.abs(x + 40 - name.x) < 40 && y < name.y && y > name.y - 80,
    ),
  ).toEqual([]);
});
