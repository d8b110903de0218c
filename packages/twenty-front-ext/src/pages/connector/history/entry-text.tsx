import { Trans, useLingui } from '@lingui/react/macro';
import { useRecordTexts } from '../records/record-texts.ts';
import { Refusal } from '../records/refusal.tsx';
import type { EntryDetail, Written } from './entry-detail.ts';
import { useValueText } from './use-value-text.ts';
import styles from '../connector.module.css';

interface EntryTextProps {
  readonly detail: EntryDetail;
  /** Name of the other system. */
  readonly title: string;
  /** Names of deals and of statuses there, as far as they are known. */
  readonly names: ReadonlyMap<string, string | null>;
}

/** What an entry says, in words: before and after, both versions of a conflict, or why something was refused. */
export function EntryText({ detail, title, names }: EntryTextProps) {
  const { t } = useLingui();
  const texts = useRecordTexts();
  const valueText = useValueText(names);
  switch (detail.kind) {
    case 'written':
      return <Fields fields={detail.fields} names={names} />;
    case 'planned':
      return (
        <>
          <Fields fields={detail.toMak} names={names} side={t`To MaK`} />
          <Fields fields={detail.toRemote} names={names} side={t`To ${title}`} />
        </>
      );
    case 'conflict': {
      const [mak, remote] = [valueText(detail.mak), valueText(detail.remote)];
      const winner = detail.winner === 'mak' ? t`MaK` : title;
      return (
        <ul className={styles.values}>
          <li>
            <strong className={styles.field}>{texts.field(detail.field)}: </strong>
            <Trans>
              “{mak}” in MaK, “{remote}” in {title}. {winner} won.
            </Trans>
          </li>
        </ul>
      );
    }
    case 'refusal':
      return (
        <p className={styles.values}>
          <Refusal refusal={detail} />
        </p>
      );
  }
}

interface FieldsProps extends Pick<EntryTextProps, 'names'> {
  readonly fields: readonly Written[];
  /** Where they would go. */
  readonly side?: string;
}

function Fields({ fields, names, side }: FieldsProps) {
  const texts = useRecordTexts();
  const valueText = useValueText(names);
  if (fields.length === 0) return null;
  return (
    <ul className={styles.values}>
      {side !== undefined && <li className={styles.text}>{side}</li>}
      {fields.map(({ field, value, before }) => (
        <li key={field}>
          <strong className={styles.field}>{texts.field(field)}: </strong>
          {before !== undefined && (
            <>
              <del>{valueText(before)}</del> <span aria-hidden>→</span>{' '}
            </>
          )}
          {before === undefined ? valueText(value) : <ins>{valueText(value)}</ins>}
        </li>
      ))}
    </ul>
  );
}
