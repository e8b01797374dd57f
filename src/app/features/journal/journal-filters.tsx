import { journalOutcomes, isJournalOutcome } from '../../../contract/journal.ts';
import { isTimelineKind, timelineKinds, type TimelineKind } from '../../../contract/timeline.ts';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import { text } from '../../text/text.ts';
import { timelineText } from '../../text/timeline-text.ts';
import { Link } from '../../routing/link.tsx';
import { navigateTo } from '../../routing/navigate.ts';
import { journalPathFor, isFiltered, NO_FILTER, type JournalFilter } from '../../routing/journal-filter.ts';
import classes from './journal-filters.module.css';
import { DayField } from '../../ui/day-field.tsx';
import { dayText } from '../../ui/day-text.ts';
import { personText } from '../../ui/person-text.ts';
import { SelectField } from '../../ui/select-field.tsx';

/** The filter in words, for paper. */
export function filterText({ what, cluster, who, outcome, from, to }: JournalFilter): string {
  const words = text.journal.filter;
  const { labelled } = text.joins;
  return [
    ...(what === null ? [] : [labelled(timelineText.what, timelineText.kinds[what])]),
    ...(cluster === null ? [] : [labelled(words.label, readableClusterId(cluster))]),
    ...(who === null ? [] : [labelled(words.who, personText(who))]),
    ...(outcome === null ? [] : [labelled(words.outcome, words.outcomes[outcome])]),
    ...(from === null ? [] : [labelled(words.from, dayText(from))]),
    ...(to === null ? [] : [labelled(words.to, dayText(to))]),
  ].join(' · ');
}

const kindsOf = (all: readonly TimelineKind[]) => all.map((value) => ({ value, label: timelineText.kinds[value] }));

/** Kinds of what was seen, and of those that stand for several. */
const SEVERAL: readonly TimelineKind[] = ['changes', 'seen'];
const SEEN_KINDS = timelineKinds.filter((kind) => !SEVERAL.includes(kind));

interface JournalFiltersProps {
  readonly filter: JournalFilter;
  readonly clusters: readonly string[];
  readonly people: readonly string[];
}

/** Filters the journal; the filter is in the URL. */
export function JournalFilters({ filter, clusters, people }: JournalFiltersProps) {
  const words = text.journal.filter;
  const choose = (change: Partial<JournalFilter>) => navigateTo(journalPathFor({ ...filter, ...change }));
  const orNull = (value: string) => (value === '' ? null : value);
  const named = (value: string) => ({ value, label: personText(value) });
  return (
    <div role="group" aria-label={words.group} className={`actions-row screen-only ${classes['filters'] ?? ''}`}>
      <SelectField
        aria-label={timelineText.what}
        value={filter.what ?? ''}
        onChange={(event) =>
          choose({ what: isTimelineKind(event.currentTarget.value) ? event.currentTarget.value : null })
        }
        data={[
          { value: '', label: timelineText.everything },
          ...kindsOf(SEVERAL),
          { group: timelineText.groups.seen, items: kindsOf(SEEN_KINDS) },
        ]}
      />
      <SelectField
        aria-label={words.label}
        value={filter.cluster ?? ''}
        onChange={(event) => choose({ cluster: orNull(event.currentTarget.value) })}
        data={[{ value: '', label: words.all }, ...clusters.map((id) => ({ value: id, label: readableClusterId(id) }))]}
      />
      <SelectField
        aria-label={words.who}
        value={filter.who ?? ''}
        onChange={(event) => choose({ who: orNull(event.currentTarget.value) })}
        data={[{ value: '', label: words.everybody }, ...people.map(named)]}
      />
      <SelectField
        aria-label={words.outcome}
        value={filter.outcome ?? ''}
        onChange={(event) =>
          choose({ outcome: isJournalOutcome(event.currentTarget.value) ? event.currentTarget.value : null })
        }
        data={[
          { value: '', label: words.anyOutcome },
          ...journalOutcomes.map((value) => ({ value, label: words.outcomes[value] })),
        ]}
      />
      <span className={classes['days']}>
        <DayField
          label={words.from}
          value={filter.from}
          min={null}
          max={filter.to}
          onChange={(from) => choose({ from })}
        />
        <span aria-hidden="true">–</span>
        <DayField label={words.to} value={filter.to} min={filter.from} max={null} onChange={(to) => choose({ to })} />
      </span>
      {isFiltered(filter) && <Link href={journalPathFor(NO_FILTER)}>{words.clear}</Link>}
    </div>
  );
}
