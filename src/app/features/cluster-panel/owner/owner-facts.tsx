import { isMailAddress, type ClusterProfile, type ProfileField } from '../../../../domain/cluster-profile.ts';
import { ownerText } from '../../../text/owner-text.ts';
import classes from './owner.module.css';

const textFields: readonly Exclude<ProfileField, 'labels'>[] = ['owner', 'contact', 'purpose', 'link'];

/** What is known of an owner, one line for each field that is filled in. */
export function OwnerFacts({ profile }: { readonly profile: ClusterProfile }) {
  const words = ownerText.fields;
  return (
    <dl className={classes['facts']}>
      {textFields.map(
        (field) =>
          profile[field] !== '' && (
            <div key={field}>
              <dt>{words[field]}</dt>
              <dd>
                <Value field={field} value={profile[field]} />
              </dd>
            </div>
          ),
      )}
      {profile.labels.length > 0 && (
        <div>
          <dt>{words.labels}</dt>
          <dd className={classes['labels']}>
            {profile.labels.map((label) => (
              <bdi key={label} className={classes['label']}>
                {label}
              </bdi>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** In its own direction. The back end lets through no link but `https:` and `mailto:`. */
function Value({ field, value }: { readonly field: ProfileField; readonly value: string }) {
  const href = field === 'link' ? value : field === 'contact' && isMailAddress(value) ? `mailto:${value}` : null;
  if (href === null) return <bdi>{value}</bdi>;
  const isPage = href.toLowerCase().startsWith('https:');
  return (
    <a href={href} rel="noopener noreferrer" {...(isPage ? { target: '_blank' } : {})}>
      <bdi>{value}</bdi>
    </a>
  );
}
