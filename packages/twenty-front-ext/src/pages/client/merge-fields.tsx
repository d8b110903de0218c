import { Trans, useLingui } from '@lingui/react/macro';
import type { MergeableClientFragment, MergeSide } from '../../generated/graphql.ts';
import { draftOf } from '../../parts/client-edits/client-draft.ts';
import { useClientTexts } from '../../parts/client-edits/use-client-texts.ts';
import { TwoValues } from '../../ui/compared-values/two-values.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { attributeText, disputedFields } from './merge-choices.ts';

interface MergeFieldsProps {
  readonly survivor: MergeableClientFragment;
  readonly absorbed: MergeableClientFragment;
  readonly chosen: ReadonlyMap<string, MergeSide>;
  readonly onSwap: () => void;
  readonly onChoose: (key: string, side: MergeSide) => void;
}

/** Which client stays, and of each field that differs whose value. */
export function MergeFields({ survivor, absorbed, chosen, onSwap, onChoose }: MergeFieldsProps) {
  const { t } = useLingui();
  const format = useFormat();
  const texts = useClientTexts();
  const [stays, goes] = [draftOf(survivor), draftOf(absorbed)];
  const rows = disputedFields(survivor, absorbed).map(({ key, field, attribute, byDefault }) => ({
    key,
    label: field === null ? (attribute ?? key) : texts.fields[field],
    values: [
      field === null
        ? attributeText(survivor.attributes, attribute ?? '')
        : texts.value(stays, field),
      field === null
        ? attributeText(absorbed.attributes, attribute ?? '')
        : texts.value(goes, field),
    ] as const,
    chosen: (chosen.get(key) ?? byDefault) === 'survivor' ? (0 as const) : (1 as const),
  }));
  // Duplicates often have one name; when they were made tells them apart.
  const title = ({ name, createdAt }: MergeableClientFragment): string =>
    t`${name}, made ${format.date(createdAt)}`;
  return (
    <>
      <SelectField
        label={t`Which one stays`}
        value={survivor.id}
        options={[survivor, absorbed].map((one) => ({ value: one.id, label: title(one) }))}
        onChange={onSwap}
      />
      {rows.length > 0 && (
        <TwoValues
          caption={t`Values that differ: choose which ones stay`}
          owners={[t`Stays: ${survivor.name}`, t`Goes: ${absorbed.name}`]}
          rows={rows}
          onChoose={(key, side) => onChoose(key, side === 0 ? 'survivor' : 'absorbed')}
        />
      )}
      <p>
        <Trans>
          Deals, contacts, segments, outer ids and history of both are then those of the one that
          stays. Who sees one of the two by a deal sees the one that stays, with its contacts. A
          merge cannot be undone.
        </Trans>
      </p>
    </>
  );
}
