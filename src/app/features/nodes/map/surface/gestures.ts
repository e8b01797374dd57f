import type { Point } from '../layout/viewport.ts';

/** Receives pointer gestures. Points are CSS pixels from the element's corner. */
export interface GestureTarget {
  zoomBy(factor: number, at: Point): void;
  panBy(dx: number, dy: number): void;
  /** Null when the pointer leaves. */
  hover(at: Point | null): void;
  pick(at: Point): void;
}

/** A press that moves less than this (CSS pixels) is still a click. */
const CLICK_TOLERANCE_PX = 4;
const LINE_HEIGHT = 16;

/** Listens to wheel, drag, pinch, click and double click; returns a function that stops listening. */
export function listenToGestures(element: HTMLElement, target: GestureTarget): () => void {
  const down = new Map<number, Point>();
  let from: Point | null = null;
  let isDrag = false;

  const pointOf = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  function pressed(event: PointerEvent): void {
    if (event.button !== 0) return;
    const at = pointOf(event);
    down.set(event.pointerId, at);
    element.setPointerCapture(event.pointerId);
    if (down.size === 1) {
      from = at;
      isDrag = false;
    } else isDrag = true;
  }

  function movedPointer(event: PointerEvent): void {
    const at = pointOf(event);
    const before = down.get(event.pointerId);
    if (before === undefined) {
      target.hover(at);
      return;
    }
    if (!isDrag && from !== null && distance(from, at) < CLICK_TOLERANCE_PX) return;
    isDrag = true;
    target.hover(null);
    const [first, second] = [...down.values()];
    down.set(event.pointerId, at);
    if (first === undefined || second === undefined) {
      target.panBy(at.x - before.x, at.y - before.y);
      return;
    }
    const [now, other] = [...down.values()];
    if (now === undefined || other === undefined) return;
    const [was, is] = [distance(first, second), distance(now, other)];
    const [middleBefore, middle] = [between(first, second), between(now, other)];
    target.panBy(middle.x - middleBefore.x, middle.y - middleBefore.y);
    if (was > 0) target.zoomBy(is / was, middle);
  }

  function released(event: PointerEvent): void {
    const isLast = down.delete(event.pointerId) && down.size === 0;
    if (isLast && !isDrag && event.type === 'pointerup') target.pick(pointOf(event));
  }

  function wheeled(event: WheelEvent): void {
    event.preventDefault();
    const unit =
      event.deltaMode === WheelEvent.DOM_DELTA_LINE
        ? LINE_HEIGHT
        : event.deltaMode === WheelEvent.DOM_DELTA_PAGE
          ? element.clientHeight
          : 1;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      target.panBy(-(event.deltaX === 0 ? event.deltaY : event.deltaX) * unit, 0);
      return;
    }
    // Browsers report a touchpad's pinch as a wheel event with Control, in smaller steps.
    const step = event.ctrlKey ? 0.01 : 0.0018;
    target.zoomBy(Math.exp(-event.deltaY * unit * step), pointOf(event));
  }

  const twice = (event: MouseEvent) => target.zoomBy(2, pointOf(event));
  const left = () => target.hover(null);
  element.addEventListener('pointerdown', pressed);
  element.addEventListener('pointermove', movedPointer);
  element.addEventListener('pointerup', released);
  element.addEventListener('pointercancel', released);
  element.addEventListener('pointerleave', left);
  element.addEventListener('wheel', wheeled, { passive: false });
  element.addEventListener('dblclick', twice);
  return () => {
    element.removeEventListener('pointerdown', pressed);
    element.removeEventListener('pointermove', movedPointer);
    element.removeEventListener('pointerup', released);
    element.removeEventListener('pointercancel', released);
    element.removeEventListener('pointerleave', left);
    element.removeEventListener('wheel', wheeled);
    element.removeEventListener('dblclick', twice);
  };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function between(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
