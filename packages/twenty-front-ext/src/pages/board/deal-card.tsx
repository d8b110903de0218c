import { useLingui } from '@lingui/react/macro';
import { IconAlertTriangle, IconStarFilled } from '@tabler/icons-react';
import { createContext, memo, useContext } from 'react';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { Avatar } from 'twenty-ui/data-display';
import { GateMarks } from '../../parts/deal/gate-marks.tsx';
import { SlaClock } from '../../ui/clock/sla-clock.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { BoardDeal } from './board-state.ts';
import styles from './deal-card.module.css';

/** Height of a card with the gap below it, in pixels. */
export const CARD_HEIGHT = 116;

/** A deal as the board shows it: `name` is never empty. */
export interface CardDeal {
  readonly id: string;
  readonly name: string;
  readonly deal: BoardDeal;
}

export const GatesContext = createContext<PipelineDefinition['gates']>([]);

/** Rendered anew only when the deal itself has changed. */
export const DealCard = memo(function DealCard({
  card: { name, deal },
}: {
  readonly card: CardDeal;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const gates = useContext(GatesContext);
  const titles = new Map(gates.map(({ key, title }) => [key, title]));
  const missing = deal.missingGates.map((gate) => titles.get(gate) ?? gate).join(', ');
  return (
    <div className={styles.body} data-card-body>
      <div className={styles.line}>
        <strong className={styles.name}>{name}</strong>
        {missing !== '' && (
          <span className={styles.warning} title={t`Missing: ${missing}`}>
            <IconAlertTriangle size={14} aria-hidden />
            <span className="visually-hidden">{t`Missing: ${missing}`}</span>
          </span>
        )}
      </div>
      <div className={styles.client}>
        {deal.client?.keyAccount === true && (
          <span title={t`Key account`}>
            <IconStarFilled size={10} aria-label={t`Key account`} />
          </span>
        )}
        {deal.client?.name ?? ''}
      </div>
      <div className={styles.line}>
        <span className={styles.amount}>
          {deal.amount !== null &&
            deal.currency !== null &&
            format.money(deal.amount, deal.currency)}
        </span>
        {deal.owner !== null && (
          <span className={styles.owner} title={deal.owner.name}>
            <Avatar
              placeholder={deal.owner.name}
              placeholderColorSeed={deal.owner.id}
              size="sm"
              type="rounded"
            />
            <span className={styles.ownerName}>{deal.owner.name}</span>
          </span>
        )}
      </div>
      <div className={styles.line}>
        <GateMarks gates={gates} held={deal.heldGates} missing={deal.missingGates} />
        {deal.slaDueAt !== null && <SlaClock dueAt={deal.slaDueAt} />}
      </div>
    </div>
  );
});
