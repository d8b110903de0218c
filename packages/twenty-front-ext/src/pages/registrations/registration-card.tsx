import { useLingui } from '@lingui/react/macro';
import { IconCheck, IconX } from '@tabler/icons-react';
import { Tag } from 'twenty-ui/data-display';
import { Button } from 'twenty-ui/input';
import type { RegistrationLineFragment } from '../../generated/graphql.ts';
import { useRoleNames } from '../../parts/access/access-texts.ts';
import { useLegalFormNames } from '../../parts/companies/company-texts.ts';
import { usePlaces } from '../../parts/companies/use-places.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { titleOf } from './title-of.ts';
import styles from './registrations.module.css';

interface RegistrationCardProps {
  readonly registration: RegistrationLineFragment;
  readonly onApprove: () => void;
  readonly onReject: () => void;
}

/** One application: who, what for, and what can be done. */
export function RegistrationCard({ registration, onApprove, onReject }: RegistrationCardProps) {
  const { t } = useLingui();
  const { dateTime } = useFormat();
  const roleNames = useRoleNames();
  const legalForms = useLegalFormNames();
  const places = usePlaces();
  const { kind, status, contactState, createdAt, decidedAt, reason } = registration;
  const title = titleOf(registration) ?? t`Hidden`;
  const facts = [
    [t({ message: 'Name', context: 'of a person' }), registration.name],
    [t`E-mail`, registration.email],
    [t`Telephone`, registration.phone],
    [t`Legal form`, legalForms[registration.legalForm]],
    [t`Tax number`, registration.taxNumber],
    [t`City`, places?.titleOf(registration.city) ?? registration.city],
    [t`Niche`, places?.titleOf(registration.niche) ?? registration.niche],
    [t`Registered`, dateTime(createdAt)],
    [t`Decided`, decidedAt === null ? null : dateTime(decidedAt)],
    [t`Reason`, reason],
  ] as const;
  return (
    <li className={styles.card}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <Tag color={kind === 'partner' ? 'purple' : 'blue'} text={roleNames[kind]} />
      </header>
      {contactState === 'hidden' && (
        <p className={styles.note}>{t`Your role may not see who it is.`}</p>
      )}
      <dl className={styles.facts}>
        {facts.map(([label, value]) =>
          value === null ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {status === 'applied' && (
        <div className={styles.actions}>
          <Button
            Icon={IconCheck}
            title={t`Approve`}
            ariaLabel={t`Approve ${title}`}
            variant="secondary"
            size="small"
            onClick={onApprove}
          />
          <Button
            Icon={IconX}
            title={t`Reject`}
            ariaLabel={t`Reject ${title}`}
            variant="secondary"
            size="small"
            onClick={onReject}
          />
        </div>
      )}
    </li>
  );
}
