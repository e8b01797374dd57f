/** A whole number as people read it: 12,345. Grouped by thousands, as in English. */
export function countText(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

export const nodesText = (value: number) => `${countText(value)} 个节点`;
export const jobsText = (value: number) => `${countText(value)} 个作业`;
/** Chinese has no plural: so many of a thing, with its measure word. */
export const countedText = (value: number, measured: string) => `${countText(value)} ${measured}`;
