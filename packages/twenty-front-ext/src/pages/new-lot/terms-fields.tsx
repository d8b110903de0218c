import { useLingui } from '@lingui/react/macro';
import { useTenant } from '../../app/shell/tenant.tsx';
import { useLotKinds } from '../../parts/auction/lot-state.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { FieldPair, Section } from '../../ui/section/section.tsx';
import type { DraftProps } from './new-lot-form.tsx';

type MoneyName = 'start' | 'step' | 'reserve' | 'buyNow' | 'floor';

/** How the price is found. */
export function TermsFields(props: DraftProps) {
  const { t } = useLingui();
  const kinds = useLotKinds();
  const { draft, onChange, errorOf } = props;
  const texts = {
    ascending: t`Each bid is at least one step above the last one. The highest wins.`,
    sealed: t`Nobody sees the bids before the end. The highest wins and pays the second highest.`,
    descending: t`The price falls step by step until somebody takes it.`,
  };
  return (
    <Section title={t`Terms`}>
      <SelectField
        label={t`Kind`}
        hint={texts[draft.kind]}
        value={draft.kind}
        options={(['ascending', 'sealed', 'descending'] as const).map((value) => ({
          value,
          label: kinds[value],
        }))}
        onChange={(kind) => onChange({ kind })}
      />
      {draft.kind !== 'sealed' && (
        <FieldPair>
          <Money {...props} name="start" label={t`Start price`} />
          <Money {...props} name="step" label={t`Step`} />
        </FieldPair>
      )}
      {draft.kind === 'ascending' && (
        <FieldPair>
          <Money
            {...props}
            name="reserve"
            label={t`Reserve`}
            hint={t`May stay empty. Below it nothing is sold; bidders do not see it.`}
          />
          <Money {...props} name="buyNow" label={t`Buy now`} hint={t`May stay empty.`} />
        </FieldPair>
      )}
      {draft.kind === 'sealed' && (
        <Money
          {...props}
          name="reserve"
          label={t`Least price`}
          hint={t`Everybody knows it. Who bids alone pays it.`}
        />
      )}
      {draft.kind === 'descending' && (
        <FieldPair>
          <Money {...props} name="floor" label={t`Lowest price`} />
          <TextField
            label={t`Falls every, seconds`}
            inputMode="numeric"
            maxLength={9}
            error={errorOf('interval')}
            value={draft.interval}
            onChange={(interval) => onChange({ interval })}
          />
        </FieldPair>
      )}
    </Section>
  );
}

interface MoneyProps extends DraftProps {
  readonly name: MoneyName;
  readonly label: string;
  readonly hint?: string;
}

function Money({ draft, onChange, errorOf, name, label, hint }: MoneyProps) {
  const { currency } = useTenant();
  return (
    <TextField
      label={`${label}, ${currency}`}
      {...(hint === undefined ? {} : { hint })}
      inputMode="decimal"
      autoComplete="off"
      maxLength={20}
      error={errorOf(name)}
      value={draft[name]}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
}
