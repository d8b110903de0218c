import { useLingui } from '@lingui/react/macro';
import { IconAppWindow, IconDeviceDesktop } from '@tabler/icons-react';
import { Tag } from 'twenty-ui/data-display';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useNow } from '../../ui/clock/clock.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { Section, SectionActions } from '../../ui/section/section.tsx';
import { browserName } from './browser-name.ts';
import type { OwnSession, OwnSessions as Sessions } from './use-own-sessions.ts';
import styles from './profile.module.css';

/** Where the person is signed in; whatever looks strange can be ended here. */
export function OwnSessions({ sessions, problem, reload, endOthers }: Sessions) {
  const { t } = useLingui();
  const attempt = useAttempt();
  const others = sessions?.filter(({ current }) => !current) ?? [];

  const end = async (work: () => Promise<void>): Promise<void> => {
    await attempt.run(work);
    await reload();
  };

  return (
    <Section
      title={t`Where you are signed in`}
      text={t`End what you do not recognise, and change your password then.`}
    >
      <FormProblem problem={attempt.problem} />
      {sessions === null && problem !== null && (
        <ErrorState problem={problem} onRetry={() => void reload()} />
      )}
      {sessions === null && problem === null && <Skeleton height={56} />}
      {sessions !== null && (
        <ul className={styles.sessions}>
          {sessions.map((session) => (
            <Row
              key={session.id}
              session={session}
              busy={attempt.busy}
              onEnd={() => void end(session.end)}
            />
          ))}
        </ul>
      )}
      {others.length > 1 && (
        <SectionActions>
          <Button
            title={t`Sign out everywhere else`}
            variant="secondary"
            disabled={attempt.busy}
            onClick={() => void end(endOthers)}
          />
        </SectionActions>
      )}
    </Section>
  );
}

function Row({
  session,
  busy,
  onEnd,
}: {
  readonly session: OwnSession;
  readonly busy: boolean;
  readonly onEnd: () => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const now = useNow();
  const { userAgent, address, usedAt, current } = session;
  const name = userAgent === null ? t`Inside twenty` : browserName(userAgent);
  const Icon = userAgent === null ? IconAppWindow : IconDeviceDesktop;
  const when = format.relative(usedAt, now);
  return (
    <li className={styles.session}>
      <Icon size={20} aria-hidden />
      <div className={styles.who}>
        <strong>{name === '' ? t`Unknown device` : name}</strong>
        <p className={styles.text}>{address === '' ? when : `${when} · ${address}`}</p>
      </div>
      {current ? (
        <Tag color="green" text={t`This device`} />
      ) : (
        <Button
          title={t`End`}
          ariaLabel={t`End the session: ${name}, ${when}`}
          variant="secondary"
          size="small"
          disabled={busy}
          onClick={onEnd}
        />
      )}
    </li>
  );
}
