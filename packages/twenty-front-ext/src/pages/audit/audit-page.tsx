import type { I18n, MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useTenant } from '../../app/shell/tenant.tsx';
import { PersonPicker } from '../../parts/people/person-picker.tsx';
import type { PersonChoice } from '../../parts/people/person-picker.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { dayBegins } from '../../ui/format/day.ts';
import { Page } from '../../ui/page/page.tsx';
import { ToolbarField } from '../../ui/page/toolbar-field.tsx';
import { AuditList } from './audit-list.tsx';
import { ACTIONS, ENTITIES } from './audit-texts.ts';

/** Who changed what, and who looked at personal data. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted permission="audit:read" otherwise={{ title: t`Audit log`, Icon: IconHistory }}>
      <AuditPage />
    </Permitted>
  );
}

/** What can be chosen, by its name: there are too many to find one in the order of their keys. */
function choicesOf(
  texts: Readonly<Record<string, MessageDescriptor>>,
  i18n: I18n,
): { value: string; label: string }[] {
  return Object.entries(texts)
    .map(([value, text]) => ({ value, label: i18n._(text) }))
    .toSorted((one, two) => one.label.localeCompare(two.label, i18n.locale));
}

function AuditPage() {
  const { t, i18n } = useLingui();
  const { timeZone } = useTenant();
  const [person, setPerson] = useState<PersonChoice | null>(null);
  const [action, setAction] = useState('');
  const [entity, setEntity] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  return (
    <Page
      title={t`Audit log`}
      Icon={IconHistory}
      toolbar={
        <>
          <ToolbarField>
            <PersonPicker
              label={t`Person`}
              labelHidden
              placeholder={t`Every person`}
              value={person}
              onChange={setPerson}
            />
          </ToolbarField>
          <ToolbarField>
            <SelectField
              label={t`Action`}
              labelHidden
              value={action}
              options={[{ value: '', label: t`Every action` }, ...choicesOf(ACTIONS, i18n)]}
              onChange={setAction}
            />
          </ToolbarField>
          <ToolbarField>
            <SelectField
              label={t`About`}
              labelHidden
              value={entity}
              options={[{ value: '', label: t`About everything` }, ...choicesOf(ENTITIES, i18n)]}
              onChange={setEntity}
            />
          </ToolbarField>
          <ToolbarField>
            <TextField
              label={t`From day`}
              labelHidden
              title={t`From day`}
              type="date"
              value={from}
              onChange={setFrom}
            />
          </ToolbarField>
          <ToolbarField>
            <TextField
              label={t`To day`}
              labelHidden
              title={t`To day`}
              type="date"
              value={to}
              onChange={setTo}
            />
          </ToolbarField>
        </>
      }
    >
      <AuditList
        filter={{
          ...(person === null ? {} : { actorId: person.id }),
          ...(action === '' ? {} : { action }),
          ...(entity === '' ? {} : { entity }),
          ...(from === '' ? {} : { since: dayBegins(from, timeZone) }),
          ...(to === '' ? {} : { until: dayBegins(to, timeZone, 1) }),
        }}
      />
    </Page>
  );
}
