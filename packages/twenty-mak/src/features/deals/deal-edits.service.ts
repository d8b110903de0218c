import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { forbidden, RefusalError } from '../../platform/errors/index.ts';
import type { EventAnswer } from '../events/index.ts';
import { DealChanges, refusedBy } from './deal-changes.ts';
import type { CreateDeal, DomainStage, EditDeal, Owners } from './deal-edits.dto.ts';
import { DealPipelines } from './deal-pipelines.ts';
import type { DealView } from './deals.service.ts';
import { NamedClients } from './named-clients.ts';

/** What people change of a deal. Each change is an event of the source `mak` and goes the way of all events. */
@Injectable()
export class DealEditsService {
  constructor(
    @Inject(DealChanges) private readonly changes: DealChanges,
    @Inject(DealPipelines) private readonly pipelines: DealPipelines,
    @Inject(NamedClients) private readonly clients: NamedClients,
  ) {}

  /** Makes a deal. Refuses with `unknown_pipeline`, `no_default_pipeline`, `unknown_client`, `ref_taken`. */
  async create(principal: Principal, input: CreateDeal): Promise<DealView> {
    const { external_refs: given = [], ...fields } = input;
    const refs = given.length > 0 ? given : [{ system: 'mak', id: uuidv7() }];
    const { restrictedTo } = principal;
    if (restrictedTo !== undefined && (fields.owner_id ?? restrictedTo) !== restrictedTo)
      throw forbidden('Your deals are your own; leave `owner_id` out.');
    await this.clients.refuseUnseen(principal, fields.client_id);
    const data = { ...fields, ...(restrictedTo === undefined ? {} : { owner_id: restrictedTo }) };
    return this.changes.write(principal, async (tx) => {
      await this.refuseKnownRefs(tx, principal.tenantId, refs);
      const answer = await this.changes.send(
        tx,
        principal,
        { type: 'deal.created', data },
        { external_refs: refs },
      );
      const { master_deal_id: id } = answer;
      if (answer.status !== 'applied' || id === undefined) throw notCreated(answer);
      return { id, action: 'deal.created' };
    });
  }

  /** Changes fields. Nothing happens when they have these values already. Refuses with `unknown_client`. */
  async edit(
    principal: Principal,
    id: string,
    { version, ...change }: EditDeal,
  ): Promise<DealView> {
    if (principal.restrictedTo !== undefined && change.owner_id !== undefined)
      throw forbidden('Only the office gives a deal to somebody else.');
    await this.clients.refuseUnseen(principal, change.client_id);
    return this.changes.change(
      principal,
      id,
      'deal.edited',
      { version, sent: change },
      ({ row }) => {
        const { attributes, ...fields } = change;
        const differs =
          Object.entries(fields).some(
            ([name, value]) => value !== undefined && row[name as keyof typeof row] !== value,
          ) || contains(attributes, row.attributes);
        return differs ? { type: 'deal.updated', data: change } : null;
      },
    );
  }

  async setOwners(
    principal: Principal,
    id: string,
    { version, ...owners }: Owners,
  ): Promise<DealView> {
    if (principal.restrictedTo !== undefined)
      throw forbidden('Only the office gives a deal to somebody else.');
    return this.changes.change(principal, id, 'deal.owners_set', { version, sent: owners }, () => ({
      type: 'deal.owner.changed',
      data: owners,
    }));
  }

  /** Sets the stage of one domain system. Refuses with `unknown_domain_stage` what the pipeline does not list. */
  async setDomainStage(
    principal: Principal,
    id: string,
    { system, stage }: DomainStage,
  ): Promise<DealView> {
    return this.changes.change(principal, id, 'deal.domain_stage_set', {}, async ({ row }, tx) => {
      const { tenantId } = principal;
      const key = { pipelineId: row.pipeline_id, version: row.pipeline_version };
      const compiled = await this.pipelines.compiled(tx, tenantId, [key]);
      const { definition } = compiled(key.pipelineId, key.version);
      const known = new Map(Object.entries(definition.domains ?? {})).get(system);
      if (known?.includes(stage) === false) {
        throw new RefusalError({
          code: 'unknown_domain_stage',
          reason: `The domain \`${system}\` has no stage \`${stage}\`; it has ${known.join(', ')}.`,
          field: 'stage',
        });
      }
      return { type: 'domain.stage.changed', data: { system, stage } };
    });
  }

  async addNote(principal: Principal, id: string, text: string): Promise<DealView> {
    return this.changes.change(principal, id, 'deal.note_added', {}, () => ({
      type: 'deal.note.added',
      data: { text, author: principal.id },
    }));
  }

  /** Archives the deal, or brings it back. */
  async setArchived(
    principal: Principal,
    id: string,
    version: number,
    archived: boolean,
  ): Promise<DealView> {
    const action = archived ? 'deal.archived' : 'deal.restored';
    return this.changes.change(principal, id, action, { version, sent: { archived } }, ({ row }) =>
      (row.archived_at !== null) === archived ? null : { type: action, data: {} },
    );
  }

  /** Opens an ended deal again. Refuses with `not_ended`. */
  async reopen(principal: Principal, id: string, version: number): Promise<DealView> {
    const sent = { version, sent: { reopened: true } };
    return this.changes.change(principal, id, 'deal.reopened', sent, ({ ended }) => {
      if (ended) return { type: 'deal.reopened', data: {} };
      throw new RefusalError(
        { code: 'not_ended', reason: 'The deal goes on; there is nothing to reopen.' },
        409,
      );
    });
  }

  private async refuseKnownRefs(
    tx: Transaction,
    tenantId: string,
    refs: readonly { system: string; id: string }[],
  ): Promise<void> {
    const [taken] = await tx.query<{ deal_id: string; system: string; external_id: string }>(
      `SELECT r.deal_id, r.system, r.external_id FROM deal_ref r
       JOIN unnest($2::text[], $3::text[]) AS wanted (system, external_id) USING (system, external_id)
       JOIN deal d ON d.id = r.deal_id WHERE r.tenant_id = $1 LIMIT 1`,
      [tenantId, refs.map(({ system }) => system), refs.map(({ id }) => id)],
    );
    if (taken === undefined) return;
    throw new RefusalError(
      {
        code: 'ref_taken',
        reason: `${taken.system} ${taken.external_id} already belongs to a deal.`,
        field: 'external_refs',
      },
      409,
      { master_deal_id: taken.deal_id },
    );
  }
}

function notCreated(answer: EventAnswer): RefusalError {
  if (answer.status !== 'orphan') return refusedBy(answer);
  return new RefusalError({
    code: 'no_default_pipeline',
    reason: 'The tenant has no default pipeline. Name a `pipeline`, or publish one.',
    field: 'pipeline',
  });
}

/** Whether `change` would alter a member of `before`. */
function contains(change: object | undefined, before: Record<string, unknown>): boolean {
  return Object.entries(change ?? {}).some(
    ([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value),
  );
}
