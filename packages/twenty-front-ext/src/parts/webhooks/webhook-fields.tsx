import { useLingui } from '@lingui/react/macro';
import { CANONICAL_TYPES, LEAD_EVENT_TYPES, LOT_EVENT_TYPES } from 'twenty-mak-domain';
import { CheckboxGroup } from '../../ui/form/checkbox-group.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

export interface WebhookValues {
  readonly url: string;
  readonly description: string;
  /** None: all. */
  readonly types: readonly string[];
}

interface WebhookFieldsProps {
  readonly values: WebhookValues;
  readonly onChange: (values: WebhookValues) => void;
}

/** Where events are sent to, and which. */
export function WebhookFields({ values, onChange }: WebhookFieldsProps) {
  const { t } = useLingui();
  return (
    <>
      <TextField
        label={t`Address`}
        hint={t`It begins with https:// and can be reached from the internet.`}
        type="url"
        required
        maxLength={2000}
        placeholder="https://example.com/mak"
        value={values.url}
        onChange={(url) => onChange({ ...values, url })}
      />
      <TextField
        label={t`Description`}
        maxLength={500}
        value={values.description}
        onChange={(description) => onChange({ ...values, description })}
      />
      <CheckboxGroup
        label={t`Events; with none chosen all are sent`}
        values={values.types}
        options={[...CANONICAL_TYPES, ...LEAD_EVENT_TYPES, ...LOT_EVENT_TYPES].map((type) => ({
          value: String(type),
          label: type,
        }))}
        onChange={(types) => onChange({ ...values, types })}
      />
    </>
  );
}
