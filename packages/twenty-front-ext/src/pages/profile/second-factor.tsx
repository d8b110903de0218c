import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Tag } from 'twenty-ui/data-display';
import { Button } from 'twenty-ui/input';
import { useSession, useSessions } from '../../app/session/session-provider.tsx';
import { Enrolment } from '../../parts/two-factor/enrolment.tsx';
import { PasswordFirst } from '../../parts/two-factor/password-first.tsx';
import { RecoveryCodes } from '../../parts/two-factor/recovery-codes.tsx';
import { endSecondFactor, renewRecoveryCodes } from '../../parts/two-factor/requests.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { Section, SectionActions } from '../../ui/section/section.tsx';
import styles from './profile.module.css';

type Doing = 'enrol' | 'renew' | 'end';

/** The authenticator: set it up, give it up, get new recovery codes. */
export function SecondFactor() {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const { user } = useSession();
  const { refresh } = useSessions();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  // While recovery codes are shown no slip of the mouse may close them.
  const [held, setHeld] = useState(false);

  const close = (): void => {
    setDoing(null);
    setCodes(null);
    setHeld(false);
  };
  const finish = async (text: string): Promise<void> => {
    close();
    await refresh();
    snackbar.success(text);
  };

  return (
    <Section
      title={t`Second factor`}
      text={t`Besides the password, signing in asks for a code from an application on your phone.`}
    >
      <div className={styles.state}>
        <Tag
          color={user.totp ? 'green' : 'gray'}
          text={user.totp ? t`Switched on` : t`Switched off`}
        />
      </div>
      <SectionActions>
        {user.totp ? (
          <>
            <Button
              title={t`New recovery codes`}
              variant="secondary"
              onClick={() => setDoing('renew')}
            />
            <Button title={t`Switch off`} variant="secondary" onClick={() => setDoing('end')} />
          </>
        ) : (
          <Button title={t`Set up`} variant="secondary" onClick={() => setDoing('enrol')} />
        )}
      </SectionActions>
      <Dialog
        open={doing === 'enrol'}
        title={t`Set up a second factor`}
        onClose={held ? null : close}
      >
        <Enrolment
          onHolds={() => setHeld(true)}
          onDone={() => finish(t`From now on signing in asks for a code.`)}
        />
      </Dialog>
      <Dialog
        open={doing === 'renew'}
        title={t`New recovery codes`}
        {...(codes === null ? { description: t`The old ones end at once.` } : {})}
        onClose={codes === null ? close : null}
      >
        {codes === null ? (
          <PasswordFirst
            action={t`Make new codes`}
            onPassword={async (password) => setCodes(await renewRecoveryCodes(password))}
          />
        ) : (
          <RecoveryCodes codes={codes} onSaved={close} />
        )}
      </Dialog>
      <Dialog
        open={doing === 'end'}
        title={t`Switch off the second factor`}
        description={t`Then the password alone lets you in. Your recovery codes end.`}
        onClose={close}
      >
        <PasswordFirst
          action={t`Switch off`}
          onPassword={async (password) => {
            await endSecondFactor(password);
            await finish(t`Signing in asks for the password only.`);
          }}
        />
      </Dialog>
    </Section>
  );
}
