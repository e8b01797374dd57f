import { text } from '../text/text.ts';

/** Copies a text; resolves with the status to show: copied, or that the browser refused. */
export async function copyToClipboard(value: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(value);
    return text.copy.copied;
  } catch {
    return text.copy.failed;
  }
}
