import { Inject, Injectable } from '@nestjs/common';
import {
  assess,
  checkCard,
  DEFAULT_CARDS,
  QUALIFICATION_CARDS,
  qualificationChange,
} from 'twenty-mak-domain';
import type { QualificationCard } from 'twenty-mak-domain';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted, staleVersion } from '../../platform/errors/index.ts';
import { Audit } from '../audit/index.ts';
import { DealChanges, DealPipelines, DealsService } from '../deals/index.ts';
import type { ChangeableDeal, DealView } from '../deals/index.ts';
import { cardView, qualificationView } from './qualification.dto.ts';
import type { Answer, EditCard } from './qualification.dto.ts';
import {
  findCards,
  findQualifications,
  saveCard,
  saveQualification,
} from './qualification.repository.ts';
import type { CardRow, QualificationRow } from './qualification.repository.ts';

/** Score cards of a tenant and the answers that people give about deals. */
@Injectable()
export class QualificationService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DealsService) private readonly deals: DealsService,
    @Inject(DealChanges) private readonly changes: DealChanges,
    @Inject(DealPipelines) private readonly pipelines: DealPipelines,
  ) {}

  async cards({ tenantId }: Principal): Promise<CardRow[]> {
    return this.database.within({ tenantId }, (tx) => loadCards(tx, tenantId));
  }

  /** Holds for answers from now on; those that were given keep their score. Refuses as `checkCard` does. */
  async editCard(
    principal: Principal,
    card: QualificationCard,
    { version, ...settings }: EditCard,
  ): Promise<CardRow> {
    const { tenantId } = principal;
    const checked = accepted(checkCard(card, settings));
    return this.database.within({ tenantId }, async (tx) => {
      const saved = await saveCard(tx, tenantId, { card, version, ...checked });
      if (saved === undefined) {
        const current = await loadCard(tx, tenantId, card);
        throw staleVersion(cardView(current), { version, ...settings });
      }
      const { threshold } = checked;
      await Audit.record(tx, principal, 'qualification_card.edited', 'qualification_card', card, {
        threshold,
      });
      return saved;
    });
  }

  /** Answers about a deal that the principal sees. */
  async ofDeal(principal: Principal, dealId: string): Promise<QualificationRow[]> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      await this.deals.load(tx, tenantId, dealId);
      return findQualifications(tx, tenantId, [dealId]);
    });
  }

  /** Answers about several deals, by deal. */
  async ofDeals(
    principal: Principal,
    dealIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly QualificationRow[]>> {
    const rows = await this.database.within(scopeOf(principal), (tx) =>
      findQualifications(tx, principal.tenantId, dealIds),
    );
    return Map.groupBy(rows, (row) => row.deal_id);
  }

  /**
   * Keeps the answers on one card in place of earlier ones. When the deal becomes qualified by it, or is not so any
   * more, `crm.lead.qualified` or `crm.lead.disqualified` is recorded in the same transaction, if its pipeline listens.
   */
  async answer(
    principal: Principal,
    dealId: string,
    card: QualificationCard,
    { answers, version }: Answer,
  ): Promise<DealView> {
    const { tenantId } = principal;
    return this.changes.change(principal, dealId, 'deal.qualification', {}, async (deal, tx) => {
      const before = await findQualifications(tx, tenantId, [dealId]);
      const current = before.find((row) => row.card === card);
      if (version !== undefined && version !== (current?.version ?? 0)) {
        const known = current === undefined ? null : qualificationView(current);
        throw staleVersion(known, { version, answers });
      }
      const settings = await loadCard(tx, tenantId, card);
      const { score, passed } = accepted(assess(card, settings, answers));
      const { threshold } = settings;
      const saved = await saveQualification(tx, tenantId, {
        ...{ deal_id: dealId, card, answers, score, threshold, passed },
        answered_by: `${principal.kind}:${principal.id}`,
      });
      const detail = { card, score, threshold, passed };
      await Audit.record(tx, principal, 'deal.qualification_answered', 'deal', dealId, detail);
      const after = [...before.filter((row) => row !== current), saved];
      const change = qualificationChange(before.map(isPassed), after.map(isPassed));
      const type = `crm.lead.${change}`;
      if (change === null || !(await this.listens(tx, tenantId, deal, type))) return null;
      // The same answers of the same card can never be told twice.
      const eventId = `qualification/${dealId}/${card}/${saved.version}`;
      return { type, eventId, data: { card, score, threshold } };
    });
  }

  private async listens(
    tx: Transaction,
    tenantId: string,
    { row }: ChangeableDeal,
    type: string,
  ): Promise<boolean> {
    const key = { pipelineId: row.pipeline_id, version: row.pipeline_version };
    const compiled = await this.pipelines.compiled(tx, tenantId, [key]);
    return compiled(key.pipelineId, key.version).mappings.has(type);
  }
}

function isPassed({ passed }: QualificationRow): boolean {
  return passed;
}

async function loadCards(tx: Transaction, tenantId: string): Promise<CardRow[]> {
  const own = new Map((await findCards(tx, tenantId)).map((row) => [row.card, row]));
  return QUALIFICATION_CARDS.map((card) => own.get(card) ?? shipped(card));
}

async function loadCard(
  tx: Transaction,
  tenantId: string,
  card: QualificationCard,
): Promise<CardRow> {
  return (await loadCards(tx, tenantId)).find((row) => row.card === card) ?? shipped(card);
}

function shipped(card: QualificationCard): CardRow {
  const { weights, threshold } = DEFAULT_CARDS[card];
  return { card, weights, threshold, version: 1 };
}
