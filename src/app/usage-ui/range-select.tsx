import { usageRanges, type UsageRange } from '../routing/usage-query.ts';
import { usageText } from '../text/usage-text.ts';
import { SegmentedControl } from '../ui/segmented-control.tsx';

interface RangeSelectProps {
  /** Unique on the page. */
  readonly name: string;
  readonly value: UsageRange;
  readonly onChange: (range: UsageRange) => void;
}

/** How far back a chart goes. */
export function RangeSelect({ name, value, onChange }: RangeSelectProps) {
  return (
    <SegmentedControl
      name={name}
      label={usageText.range}
      keys={usageRanges}
      words={usageText.ranges}
      value={value}
      onChange={onChange}
    />
  );
}
