import { useLingui } from '@lingui/react/macro';
import { memberOf } from '../../../app/data/member-of.ts';
import { TextField } from '../../../ui/form/text-field.tsx';
import { ConnectionCheck } from './connection-check.tsx';
import { ownSettings } from './own-settings.ts';
import type { PartProps } from './part.ts';
import { secretsOf, withKey } from './settings-values.ts';

/** Where the other system is, and the key to it. */
export function AccessFields({ connector, values, options, errorAt, onChange }: PartProps) {
  const { t } = useLingui();
  const { key, title, settings, hasSecrets } = connector;
  const stored = memberOf(settings, 'address');
  const isMoved =
    hasSecrets && tidy(values.address) !== tidy(typeof stored === 'string' ? stored : '');
  const needsKey = !hasSecrets || isMoved;
  const isKeyCrm = key === 'keycrm';
  const where = isKeyCrm
    ? t`In KeyCRM, in the settings of the API. Whoever else uses the same key shares its calls.`
    : t`With the role of an admin: in twenty under Settings, API & Webhooks.`;
  const kept = isMoved
    ? t`A key goes nowhere but to the address that it was given for: write one for this address.`
    : t`One is stored and not shown. Write another one to replace it.`;
  return (
    <>
      <TextField
        label={t`Address of ${title}`}
        type="url"
        required
        placeholder={isKeyCrm ? 'https://openapi.keycrm.app/v1' : 'https://crm.example.com'}
        error={errorAt('settings.address')}
        value={values.address}
        onChange={(address) => onChange({ address })}
      />
      <TextField
        label={t`API key of ${title}`}
        hint={hasSecrets ? kept : where}
        type="password"
        required={needsKey}
        autoComplete="off"
        spellCheck={false}
        error={errorAt('secrets')}
        value={values.apiKey}
        onChange={(apiKey) => onChange(withKey(apiKey, values))}
      />
      {isKeyCrm && (
        <ConnectionCheck
          title={title}
          options={options}
          disabled={needsKey && values.apiKey.trim() === ''}
          onCheck={() =>
            options.ask({ settings: ownSettings(key, values), secrets: secretsOf(key, values) })
          }
        />
      )}
    </>
  );
}

/** As the server keeps it. */
function tidy(address: string): string {
  return address.trim().replace(/\/+$/, '');
}
