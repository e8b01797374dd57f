import type { CardShape } from './card-look.ts';

/** A card's shape, `size` wide, its left edge at `x` and its middle at `y`. */
export function paintCardShape(
  pen: CanvasRenderingContext2D,
  shape: CardShape,
  colour: string,
  x: number,
  y: number,
  size: number,
): void {
  const half = size / 2;
  const middle = x + half;
  pen.fillStyle = colour;
  pen.strokeStyle = colour;
  pen.lineWidth = Math.max(1.5, size / 5);
  pen.beginPath();
  switch (shape) {
    case 'circle':
      pen.arc(middle, y, half, 0, 2 * Math.PI);
      pen.fill();
      return;
    case 'ring':
      pen.arc(middle, y, half - pen.lineWidth / 2, 0, 2 * Math.PI);
      pen.stroke();
      return;
    case 'square':
      pen.fillRect(x, y - half, size, size);
      return;
    case 'diamond':
      pen.moveTo(middle, y - half);
      pen.lineTo(x + size, y);
      pen.lineTo(middle, y + half);
      pen.lineTo(x, y);
      pen.fill();
      return;
    case 'triangle':
      pen.moveTo(middle, y - half);
      pen.lineTo(x + size, y + half);
      pen.lineTo(x, y + half);
      pen.fill();
      return;
    case 'bar':
      pen.fillRect(x, y - half / 2, size, half);
      return;
    case 'cross':
      pen.moveTo(middle, y - half);
      pen.lineTo(middle, y + half);
      pen.moveTo(x, y);
      pen.lineTo(x + size, y);
      pen.stroke();
      return;
  }
}
