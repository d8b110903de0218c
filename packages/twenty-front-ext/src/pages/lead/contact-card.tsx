import { useLingui } from '@lingui/react/macro';
import { memberOf } from '../../app/data/member-of.ts';
import type { LeadDetailFragment } from '../../generated/graphql.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { Card } from '../../ui/card/card.tsx';
import { Fact, LeadFields } from './lead-fields.tsx';
import styles from './lead-page.module.css';

interface ContactCardProps {
  readonly lead: LeadDetailFragment;
  readonly words: LeadWords;
}

/** Who the lead is, as far as the person may see it. Every look is written to the audit log. */
export function ContactCard({ lead, words }: ContactCardProps) {
  const { t } = useLingui();
  const { state, attributes } = lead.contact;
  if (state !== 'open')
    return (
      <Card title={t`Contact`}>
        <p className={styles.quiet}>
          {state === 'hidden'
            ? t`Your role may not see who it is.`
            : t`The person was erased. Nobody can read who it was.`}
        </p>
      </Card>
    );
  return (
    <Card title={t`Contact`}>
      <LeadFields lead={lead} words={words} fields={['name', 'phones', 'emails']}>
        {Object.keys(attributes ?? {}).map((key) => (
          <Fact key={key} name={key}>
            {textOf(memberOf(attributes, key))}
          </Fact>
        ))}
      </LeadFields>
    </Card>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
