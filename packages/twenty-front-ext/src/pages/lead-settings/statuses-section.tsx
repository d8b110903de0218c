import { useLingui } from '@lingui/react/macro';
import type { LeadRulesFragment } from '../../generated/graphql.ts';
import { LEAD_KINDS, useKindNames } from '../../parts/leads/lead-kinds.ts';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { ChoicesSection } from './choices-section.tsx';

type Status = LeadRulesFragment['statuses'][number];

interface StatusesSectionProps {
  readonly statuses: readonly Status[];
  readonly onChange: (statuses: readonly Status[]) => void;
}

/** The tenant's statuses. What a status means to the rules is its kind. */
export function StatusesSection({ statuses, onChange }: StatusesSectionProps) {
  const { t } = useLingui();
  const kinds = useKindNames();
  const options = LEAD_KINDS.map((kind) => ({ value: kind, label: kinds[kind] }));
  return (
    <ChoicesSection<Status>
      title={t`Statuses`}
      text={t`Each status stands for a kind, which is what rules look at. The first status of a kind is where a rule puts a lead.`}
      addLabel={t`New status`}
      choices={statuses}
      make={(choice) => ({ ...choice, kind: 'working', entryFor: [], reasonNeeded: false })}
      onChange={onChange}
      more={(status, set) => (
        <>
          <SelectField
            label={t`Kind of ${status.title}`}
            labelHidden
            value={status.kind}
            options={options}
            onChange={(kind) => set({ kind })}
          />
          <CheckboxField
            label={t`Asks for a reason`}
            checked={status.reasonNeeded}
            onChange={(reasonNeeded) => set({ reasonNeeded })}
          />
        </>
      )}
    />
  );
}
