import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { memberOf } from '../../../app/data/member-of.ts';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { CopyButton } from '../../../ui/copy-button/copy-button.tsx';
import { Form } from '../../../ui/form/form.tsx';
import { TextField } from '../../../ui/form/text-field.tsx';
import { FieldPair, Section, SectionActions, Sections } from '../../../ui/section/section.tsx';
import { useAmocrmConsent } from './use-amocrm-consent.ts';
import styles from '../connector.module.css';

/** Lets MaK into an account of amoCRM, the first time or again. */
export function AmocrmSettings({ connector }: { readonly connector: ConnectorLineFragment }) {
  const { t } = useLingui();
  const { redirectUri, problem, busy, ask } = useAmocrmConsent();
  const known = memberOf(connector.settings, 'address');
  const [address, setAddress] = useState(typeof known === 'string' ? known : '');
  const [clientId, setClientId] = useState('');
  const [clientSecret, setClientSecret] = useState('');
  const isNew = connector.state === 'off';
  const kept = isNew ? {} : { hint: t`Empty: the one that is stored.` };
  return (
    <Sections>
      <Section
        title={t`The account`}
        text={t`Make a private integration in amoCRM, as an admin there and best as a user for nothing else, with this redirect address:`}
      >
        <p className={styles.address}>
          <code>{redirectUri ?? '…'}</code>
        </p>
        {redirectUri !== null && (
          <SectionActions>
            <CopyButton text={redirectUri} title={t`Copy the address`} />
          </SectionActions>
        )}
        <Form problem={problem} onSubmit={() => ask({ address, clientId, clientSecret })}>
          <TextField
            label={t`Address of the account`}
            type="url"
            required
            placeholder="https://example.amocrm.ru"
            value={address}
            onChange={setAddress}
          />
          <FieldPair>
            <TextField
              label={t`Integration id`}
              required={isNew}
              autoComplete="off"
              spellCheck={false}
              {...kept}
              value={clientId}
              onChange={setClientId}
            />
            <TextField
              label={t`Secret key of the integration`}
              type="password"
              required={isNew}
              autoComplete="off"
              spellCheck={false}
              {...kept}
              value={clientSecret}
              onChange={setClientSecret}
            />
          </FieldPair>
          <p className={styles.text}>
            <Trans>
              amoCRM asks you whether MaK may have access, and leads back here. Then all deals
              become leads and all leads deals. Who is who, what goes over and how fast is set here
              afterwards.
            </Trans>
          </p>
          <SectionActions>
            <Button
              type="submit"
              Icon={IconPlugConnected}
              title={isNew ? t`Connect amoCRM` : t`Connect amoCRM again`}
              variant="primary"
              accent="blue"
              disabled={busy}
            />
          </SectionActions>
        </Form>
      </Section>
    </Sections>
  );
}
