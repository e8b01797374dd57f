import { writeFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';

/** What a picture shows: the whole of `whole`, or no more of it than down to the bottom of `down`. */
export interface Subject {
  readonly whole: Locator;
  readonly down?: Locator;
}

/** Takes a picture of a part of the page and keeps it as WebP. */
export async function takePicture(page: Page, { whole, down = whole }: Subject, file: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const [box, last] = [await whole.boundingBox(), await down.boundingBox()];
  if (box === null || last === null) throw new Error(`${file}: what it shows is not on the page`);
  const height = Math.min(box.height, last.y + last.height + PADDING - box.y);
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide', clip: { ...box, height } });
  for (const quality of QUALITIES) {
    const webp = await toWebp(page, png, quality);
    if (webp.length <= MAX_BYTES) return writeFile(file, webp);
  }
  throw new Error(`${file} has too many bytes`);
}

const MAX_BYTES = 120_000;
/** The best first. */
const QUALITIES = [0.92, 0.85, 0.75] as const;
const PADDING = 10;

/** Encodes by the browser itself: nothing else here can. */
async function toWebp(page: Page, png: Buffer, quality: number): Promise<Buffer> {
  const blank = await page.context().newPage();
  const url = await blank.evaluate(
    async ([data, wanted]) => {
      const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const canvas = document.createElement('canvas');
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      return canvas.toDataURL('image/webp', wanted);
    },
    [png.toString('base64'), quality] as const,
  );
  await blank.close();
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
