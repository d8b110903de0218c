import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { QualificationCardsDocument } from '../../generated/graphql.ts';
import type { DealDetailFragment, QualificationCardsQuery } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { QualificationDialog } from './qualification-dialog.tsx';
import { useQualificationTexts } from './qualification-texts.ts';
import styles from './qualification.module.css';

export type CardSettings = QualificationCardsQuery['qualificationCards'][number];
export type Answered = DealDetailFragment['qualification'][number];

interface QualificationCardsProps {
  readonly deal: DealDetailFragment;
  readonly editable: boolean;
}

/** How well the lead fits, by each score card of the tenant. */
export function QualificationCards({ deal, editable }: QualificationCardsProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(QualificationCardsDocument, {
    fetchPolicy: 'cache-first',
  });
  const [open, setOpen] = useState<CardSettings | null>(null);
  const answeredOf = (card: string): Answered | null =>
    deal.qualification.find((one) => one.card === card) ?? null;
  return (
    <Card title={t`Qualification`}>
      {data === undefined &&
        (error === undefined ? (
          <Skeleton height={96} />
        ) : (
          <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
        ))}
      <ul className={styles.cards}>
        {data?.qualificationCards.map((settings) => (
          <ScoreLine
            key={settings.card}
            settings={settings}
            answered={answeredOf(settings.card)}
            onOpen={editable ? () => setOpen(settings) : null}
          />
        ))}
      </ul>
      {open !== null && (
        <QualificationDialog
          dealId={deal.id}
          settings={open}
          answered={answeredOf(open.card)}
          onClose={() => setOpen(null)}
        />
      )}
    </Card>
  );
}

function ScoreLine({
  settings,
  answered,
  onOpen,
}: {
  readonly settings: CardSettings;
  readonly answered: Answered | null;
  readonly onOpen: (() => void) | null;
}) {
  const { t } = useLingui();
  const texts = useQualificationTexts();
  const name = texts.card[settings.card];
  const threshold = answered?.threshold ?? settings.threshold;
  const Icon = answered?.passed === true ? IconCircleCheck : IconCircleX;
  return (
    <li className={styles.card}>
      <span className={styles.name}>{name}</span>
      {answered === null ? (
        <span className={styles.state}>
          <Trans>not answered</Trans>
        </span>
      ) : (
        <>
          <span className={styles.bar} aria-hidden>
            <span style={{ width: `${answered.score}%` }} data-passed={answered.passed} />
            <i style={{ left: `${threshold}%` }} />
          </span>
          <span className={styles.state} data-passed={answered.passed}>
            <Icon size={14} aria-hidden />
            {answered.passed
              ? t`${answered.score} of 100, passed`
              : t`${answered.score} of 100, needs ${threshold}`}
          </span>
        </>
      )}
      {onOpen !== null && (
        <Button
          title={answered === null ? t`Answer` : t`Change`}
          ariaLabel={answered === null ? t`Answer ${name}` : t`Change ${name}`}
          variant="secondary"
          size="small"
          onClick={onOpen}
        />
      )}
    </li>
  );
}
