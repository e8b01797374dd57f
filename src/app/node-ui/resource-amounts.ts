import type { Amount } from '../../domain/sources.ts';
import { text } from '../text/text.ts';

const GIB = 1024 ** 3;

const number = new Intl.NumberFormat(text.language, { maximumFractionDigits: 1 });
const fine = new Intl.NumberFormat(text.language, { maximumSignificantDigits: 2 });

/** CPUs or GPUs as `2 / 4`: used, and all that the node has. */
export function countAmountText({ used, total }: Amount): string {
  return `${number.format(used)} / ${number.format(total)}`;
}

/** Bytes as `3.1 / 19.3` in GiB. Small amounts get more digits, so that only 0 reads as 0. */
export function gibAmountText({ used, total }: Amount): string {
  return `${gib(used)} / ${gib(total)}`;
}

function gib(bytes: number): string {
  const value = bytes / GIB;
  return value > 0 && value < 0.05 ? fine.format(value) : number.format(value);
}
