import { useLingui } from '@lingui/react/macro';
import { useSessions } from '../../app/session/session-provider.tsx';
import type { Session } from '../../app/session/session.ts';
import { Entrance } from '../../parts/entrance/entrance.tsx';
import { Enrolment } from '../../parts/two-factor/enrolment.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextButton } from '../../ui/text-button/text-button.tsx';

/** The company lets this person in only with a second factor; it is set up here, before anything else. */
export function EnrolFirst({ session }: { readonly session: Session }) {
  const { t } = useLingui();
  const { arrive, signOut, switchTenant } = useSessions();
  const { user, membership } = session;
  return (
    <Entrance
      title={t`Set up a second factor`}
      text={t`${membership.tenant_name} asks its admins for a code from an authenticator application besides the password.`}
    >
      <Enrolment onDone={arrive} />
      {user.tenants.length > 1 && (
        <SelectField
          label={t`Company`}
          value={membership.tenant_id}
          options={user.tenants.map((one) => ({ value: one.tenant_id, label: one.tenant_name }))}
          onChange={switchTenant}
        />
      )}
      <TextButton onClick={() => void signOut()}>{t`Sign out`}</TextButton>
    </Entrance>
  );
}
