import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { Form } from '../../ui/form/form.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { SecretDialog } from '../../ui/secret/secret-dialog.tsx';
import { Section, SectionActions } from '../../ui/section/section.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { usePaymentProviders } from './use-payment-providers.ts';
import type { PaymentProvider, ProviderSecret } from './use-payment-providers.ts';
import styles from './auction-rules.module.css';

/** As the server takes it: it stands in the address that the provider calls. */
const KEY = '[a-z][a-z0-9\\-]{0,62}';

/** Who may tell of payments into wallets: what they say is money, so each signs with a secret of its own. */
export function PaymentProviders() {
  const { t } = useLingui();
  const { providers, problem, reload, admit, remove } = usePaymentProviders();
  const [name, setName] = useState('');
  const [asked, setAsked] = useState<{ does: 'renew' | 'remove'; provider: string } | null>(null);
  const [made, setMade] = useState<ProviderSecret | null>(null);
  const attempt = useAttempt();
  const who = asked?.provider ?? '';
  const tellOf = (provider: string): Promise<unknown> =>
    attempt.run(async () => setMade(await admit(provider)));
  const add = async (): Promise<void> => {
    // A name that is there would get a new secret, and its provider would be refused at once.
    if (providers?.some((one) => one.provider === name) === true)
      setAsked({ does: 'renew', provider: name });
    else await tellOf(name);
    setName('');
  };
  const confirm = async (): Promise<void> => {
    if (asked === null) return;
    const { does, provider } = asked;
    if (does === 'renew') await tellOf(provider);
    else await attempt.run(() => remove(provider));
    setAsked(null);
  };
  return (
    <Section
      title={t`Payment providers`}
      text={t`They tell of payments into wallets, each signed with a secret of its own. The same payment told twice counts once.`}
    >
      {content()}
      <Form problem={null} onSubmit={add}>
        <TextField
          label={t`Name of the provider`}
          hint={t`Small letters, digits and hyphens; it stands in the address that the provider calls.`}
          required
          maxLength={63}
          pattern={KEY}
          value={name}
          onChange={setName}
        />
        <SectionActions>
          <Button
            type="submit"
            title={t`Add a provider`}
            variant="secondary"
            size="small"
            disabled={attempt.busy || !new RegExp(`^${KEY}$`).test(name)}
          />
        </SectionActions>
      </Form>
      <FormProblem problem={attempt.problem} />
      <ConfirmDialog
        open={asked !== null}
        title={asked?.does === 'remove' ? t`Remove the provider?` : t`Make a new secret?`}
        action={asked?.does === 'remove' ? t`Remove` : t`New secret`}
        danger={asked?.does === 'remove'}
        busy={attempt.busy}
        onConfirm={() => void confirm()}
        onClose={() => setAsked(null)}
      >
        <p>{t`What ${who} signs with the old secret is refused from now on.`}</p>
      </ConfirmDialog>
      {made !== null && (
        <SecretDialog
          title={t`The provider may tell of payments`}
          text={t`Give it the address and the secret now: the secret is shown only this once.`}
          values={[
            { label: t`Address`, value: `${window.location.origin}${made.path}` },
            { label: t`Signing secret`, value: made.secret },
          ]}
          onClose={() => setMade(null)}
        />
      )}
    </Section>
  );

  function content() {
    if (problem !== null) return <ErrorState problem={problem} onRetry={reload} />;
    if (providers === null) return <Skeleton height={48} />;
    if (providers.length === 0) return <p>{t`Nobody tells of payments yet.`}</p>;
    return (
      <ul className={styles.rows}>
        {providers.map((one) => (
          <ProviderRow
            key={one.provider}
            provider={one}
            onRenew={() => setAsked({ does: 'renew', provider: one.provider })}
            onRemove={() => setAsked({ does: 'remove', provider: one.provider })}
          />
        ))}
      </ul>
    );
  }
}

interface ProviderRowProps {
  readonly provider: PaymentProvider;
  readonly onRenew: () => void;
  readonly onRemove: () => void;
}

function ProviderRow({ provider, onRenew, onRemove }: ProviderRowProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { provider: name, created_at: at } = provider;
  const since = format.date(at);
  return (
    <li className={styles.provider}>
      <span>
        <strong>{name}</strong> · {t`since ${since}`}
      </span>
      <Button
        title={t`New secret`}
        ariaLabel={t`New secret of ${name}`}
        variant="secondary"
        size="small"
        onClick={onRenew}
      />
      <Button
        title={t`Remove`}
        ariaLabel={t`Remove ${name}`}
        variant="secondary"
        size="small"
        onClick={onRemove}
      />
    </li>
  );
}
