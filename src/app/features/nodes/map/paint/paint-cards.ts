import { readableJob } from '../../../../../domain/cluster-id.ts';
import { text } from '../../../../text/text.ts';
import { cardBoxOf } from './card-box.ts';
import { countsOf } from '../layout/card-counts.ts';
import { cardNumbers, cardTitle, shortened, shortenedName, titleInTwo } from './card-label.ts';
import { lookOf } from './card-look.ts';
import { holderOf, type Group, type JobBox } from '../layout/layout.ts';
import { FONT, groupNameText } from './paint-group-labels.ts';
import { TINT_OPACITY } from './card-tint.ts';
import { paintCardShape } from './paint-card-shape.ts';
import { paintStateBar } from './paint-state-bar.ts';
import { toCanvas, type Scene } from './scene.ts';
import type { Box } from '../layout/viewport.ts';

type Pen = CanvasRenderingContext2D;

const BAR_HEIGHT = 4;
/** The largest title while the head has its usual height, and once it is zoomed or has much room. */
const TITLE = 13;
const LARGE_TITLE = 28;
const LARGE_TITLE_FROM = 51;
/** Heads at least this high (CSS pixels) have a bar, and a line of numbers. */
const BAR_FROM = 18;
const NUMBERS_FROM = 36;
/** Heads at least this high (CSS pixels) have room for a title of two lines, above the bar. */
const TWO_LINES_FROM = 24;
const SMALL_TITLE = 10;
const MIN_TITLE = 8;
const SMALL_NUMBERS = 11;
/** Job boxes whose name has less room (CSS pixels) are outlined only. */
const JOB_NAME_FROM = 9;

/** Paints each visible card's border, its job boxes, and its head: a label at every size. */
export function paintCards(pen: Pen, scene: Scene): void {
  const { plot } = scene;
  for (const group of scene.layout.groups) {
    const box = cardBoxOf(scene, group);
    if (box.x > plot.x + plot.width || box.y > plot.y + plot.height || box.x + box.width < plot.x) continue;
    if (box.y + box.height < plot.y) continue;
    paintBorder(pen, scene, group, box);
    for (const job of group.jobs) paintJobBox(pen, scene, job);
    paintHead(pen, scene, group, box);
  }
}

function paintBorder(pen: Pen, scene: Scene, group: Group, box: Box): void {
  const { colours, marks } = scene;
  const { hue } = lookOf(idOf(group));
  pen.globalAlpha = 0.45;
  pen.strokeStyle = colours.hues[hue] ?? colours.line;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.roundRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1, 6);
  pen.stroke();
  pen.globalAlpha = 1;
  const isSelected = marks.card?.clusterId === idOf(group);
  const isAt = marks.cardCursor?.clusterId === idOf(group);
  if (!isSelected && !isAt) return;
  pen.strokeStyle = colours.mark;
  pen.lineWidth = isSelected ? 3 : 2;
  if (!isSelected) pen.setLineDash([6, 4]);
  pen.beginPath();
  pen.roundRect(box.x, box.y, box.width, box.height, 6);
  pen.stroke();
  pen.setLineDash([]);
}

/** The head stays at the top of what is visible of the card, so that one knows whose nodes these are. */
function paintHead(pen: Pen, scene: Scene, group: Group, box: Box): void {
  const { colours, plot, sections, scale } = scene;
  const look = lookOf(idOf(group));
  const counts = countsOf(group, sections);
  const top = Math.max(box.y, plot.y);
  const bottom = box.y + box.height;
  const head = Math.min(group.head * scale, bottom - top);
  const left = Math.max(box.x, plot.x);
  const right = Math.min(box.x + box.width, plot.x + plot.width);
  const padding = Math.min(8, box.width * 0.08);
  const width = right - left - 2 * padding;
  if (width < 4 || bottom - top < 8) return;
  const most = head < LARGE_TITLE_FROM ? TITLE : Math.min(LARGE_TITLE, head * 0.32, 12.5 + head * 0.12);
  // Whole, so that widths are known from the frame before.
  const size = Math.max(MIN_TITLE, Math.floor(Math.min(most, head - 3, box.width / 4)));
  const line = Math.min(head, size + 8);
  if (box.y < plot.y) {
    // Above nodes that are scrolled below it.
    pen.fillStyle = colours.surface;
    pen.globalAlpha = 0.88;
    pen.fillRect(left, top, right - left, line);
    pen.fillStyle = colours.hues[look.hue] ?? colours.quiet;
    pen.globalAlpha = TINT_OPACITY;
    pen.fillRect(left, top, right - left, line);
    pen.globalAlpha = 1;
  }
  const base = top + line / 2 + size * 0.36;
  const shape = width > 40 && size > 9 ? size * 0.8 : 0;
  const hue = colours.hues[look.hue] ?? colours.text;
  let measure = scene.widthsOf(pen, `600 ${String(size)}px ${FONT}`);
  const titleLeft = left + padding + (shape > 0 ? shape + 5 : 0);
  const name = groupNameText(group.name);
  const { title, held } = cardTitle(name, counts.held, right - padding - titleLeft, measure);
  const isCut = title !== name;
  // In one line the least size leaves the most of a name.
  const usual = head < TWO_LINES_FROM ? MIN_TITLE : Math.max(SMALL_TITLE, Math.round(size * 0.75));
  const small = Math.max(MIN_TITLE, Math.floor(Math.min(head - 4, usual)));
  if (isCut) measure = scene.widthsOf(pen, `600 ${String(small)}px ${FONT}`);
  const [first, second] = !isCut
    ? [title, '']
    : ((head >= TWO_LINES_FROM ? titleInTwo(name, width, measure) : null) ?? [shortenedName(name, width, measure), '']);
  const isInTwo = second !== '';
  if (isCut && first !== '') {
    pen.fillStyle = colours.text;
    const y = isInTwo ? top + 2 + small : base;
    pen.fillText(first, left + padding, y);
    pen.fillText(second, left + padding, y + small + 1);
  } else {
    if (shape > 0) paintCardShape(pen, look.shape, hue, left + padding, base - size * 0.36, shape);
    pen.fillStyle = colours.text;
    pen.fillText(title, titleLeft, base);
    if (held !== null) {
      pen.fillStyle = colours.quiet;
      pen.fillText(held, right - padding - measure(held), base);
    }
  }
  if (box.y < plot.y) return;
  let y = top + (isInTwo ? 2 * small + 5 : line);
  const height = size > TITLE ? Math.max(BAR_HEIGHT + 2, Math.round(size / 3)) : BAR_HEIGHT;
  const numbers = Math.max(SMALL_NUMBERS, Math.round(size * 0.72));
  // Clear of what hangs down from the second line of a title.
  const above = isInTwo ? 4 : 0;
  if (head >= NUMBERS_FROM && y - top + above + numbers + 2 + height <= head) {
    y += above;
    measure = scene.widthsOf(pen, `${String(numbers)}px ${FONT}`);
    pen.fillStyle = colours.quiet;
    pen.fillText(cardNumbers(counts, group.name.kind === 'pool', width, measure), left + padding, y + numbers * 0.73);
    y += numbers + 2;
  }
  if (head >= BAR_FROM && y - top + height <= head)
    paintStateBar(pen, scene, counts, { x: left + padding, y, width, height });
}

function paintJobBox(pen: Pen, scene: Scene, job: JobBox): void {
  const { colours, scale, jobNames } = scene;
  const { x, y } = toCanvas(scene, job.x, job.y);
  const [width, height] = [job.width * scale, job.height * scale];
  pen.strokeStyle = colours.quiet;
  pen.globalAlpha = 0.7;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.roundRect(Math.round(x) + 0.5, Math.round(y) + 0.5, width - 1, height - 1, 4);
  pen.stroke();
  pen.globalAlpha = 1;
  const room = job.head * scale;
  if (room < JOB_NAME_FROM || width < 24) return;
  const size = Math.floor(Math.min(12, room - 2));
  const measure = scene.widthsOf(pen, `${String(size)}px ${FONT}`);
  pen.fillStyle = colours.text;
  const name = text.map.jobBox(jobNames.get(job.jobClusterId) ?? null, readableJob(job.jobClusterId));
  pen.fillText(shortened(name, width - 10, measure), x + 5, y + Math.min(room, size + 5) / 2 + size * 0.36);
}

function idOf(group: Group): string | null {
  return holderOf(group)?.clusterId ?? null;
}
