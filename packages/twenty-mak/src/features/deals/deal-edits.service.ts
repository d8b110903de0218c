import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { forbidden, notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { Audit } from '../audit/index.ts';
import { EventIngestion } from '../events/index.ts';
import type { EventAnswer } from '../events/index.ts';
import type { CreateDeal, DomainStage, EditDeal, Owners } from './deal-edits.dto.ts';
import { DealPipelines } from './deal-pipelines.ts';
import { dealAnswer } from './deals.dto.ts';
import { DealsService } from './deals.service.ts';
import type { DealView } from './deals.service.ts';

/** An event of our own, before it has an id and a time. */
interface OwnEvent {
  readonly type: string;
  /** JSON; members that are undefined are left out. */
  readonly data: object;
}

/** What people change of a deal. Each change is an event of the source `mak` and goes the way of all events. */
@Injectable()
export class DealEditsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EventIngestion) private readonly ingestion: EventIngestion,
    @Inject(DealsService) private readonly deals: DealsService,
    @Inject(DealPipelines) private readonly pipelines: DealPipelines,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  /** Makes a deal. Refuses with `unknown_pipeline`, `no_default_pipeline`, `ref_taken`. */
  async create(principal: Principal, input: CreateDeal): Promise<DealView> {
    const { external_refs: given = [], ...fields } = input;
    const refs = given.length > 0 ? given : [{ system: 'mak', id: uuidv7() }];
    const { restrictedTo } = principal;
    if (restrictedTo !== undefined && (fields.owner_id ?? restrictedTo) !== restrictedTo)
      throw forbidden('Your deals are your own; leave `owner_id` out.');
    const data = { ...fields, ...(restrictedTo === undefined ? {} : { owner_id: restrictedTo }) };
    return this.write(principal, async (tx) => {
      await this.refuseKnownRefs(tx, principal.tenantId, refs);
      const answer = await this.send(
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

  /** Changes fields. Nothing happens when they have these values already. */
  async edit(
    principal: Principal,
    id: string,
    { version, ...change }: EditDeal,
  ): Promise<DealView> {
    if (principal.restrictedTo !== undefined && change.owner_id !== undefined)
      throw forbidden('Only the office gives a deal to somebody else.');
    return this.change(principal, id, 'deal.edited', { version, sent: change }, ({ row }) => {
      const { attributes, ...fields } = change;
      const differs =
        Object.entries(fields).some(
          ([name, value]) => value !== undefined && row[name as keyof typeof row] !== value,
        ) || contains(attributes, row.attributes);
      return differs ? { type: 'deal.updated', data: change } : null;
    });
  }

  async setOwners(
    principal: Principal,
    id: string,
    { version, ...owners }: Owners,
  ): Promise<DealView> {
    if (principal.restrictedTo !== undefined)
      throw forbidden('Only the office gives a deal to somebody else.');
    return this.change(principal, id, 'deal.owners_set', { version, sent: owners }, () => ({
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
    return this.change(principal, id, 'deal.domain_stage_set', {}, async ({ row }, tx) => {
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
    return this.change(principal, id, 'deal.note_added', {}, () => ({
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
    return this.change(principal, id, action, { version, sent: { archived } }, ({ row }) =>
      (row.archived_at !== null) === archived ? null : { type: action, data: {} },
    );
  }

  /** Opens an ended deal again. Refuses with `not_ended`. */
  async reopen(principal: Principal, id: string, version: number): Promise<DealView> {
    const sent = { version, sent: { reopened: true } };
    return this.change(principal, id, 'deal.reopened', sent, ({ row }) => {
      if (row.ended) return { type: 'deal.reopened', data: {} };
      throw new RefusalError(
        { code: 'not_ended', reason: 'The deal goes on; there is nothing to reopen.' },
        409,
      );
    });
  }

  /** One change of one visible deal, with the version checked in the tenant's turn. `decide` may find nothing to do. */
  private async change(
    principal: Principal,
    id: string,
    action: string,
    expected: { readonly version?: number; readonly sent?: object },
    decide: (
      view: DealView & { row: DealView['row'] & { ended: boolean } },
      tx: Transaction,
    ) => OwnEvent | null | Promise<OwnEvent | null>,
  ): Promise<DealView> {
    return this.write(principal, async (tx) => {
      const view = await this.loadForChange(tx, principal, id);
      const { row } = view;
      const { version, sent } = expected;
      if (version !== undefined && version !== row.version)
        throw staleVersion(dealAnswer(row, view.pipeline, view.present), { version, ...sent });
      const ended = await this.hasEnded(tx, principal.tenantId, id);
      const event = await decide({ ...view, row: { ...row, ended } }, tx);
      if (event === null) return { id, action: null };
      const answer = await this.send(tx, principal, event, { master_deal_id: id });
      if (answer.status === 'rejected' || answer.status === 'conflict') throw refusedBy(answer);
      return { id, action };
    });
  }

  /** Runs `work` in the tenant's turn, with an entry in the audit log, and gives the deal as it is then. */
  private async write(
    principal: Principal,
    work: (tx: Transaction) => Promise<{ id: string; action: string | null }>,
  ): Promise<DealView> {
    const { tenantId } = principal;
    // The fold has to see every event and every counter; `loadForChange` guards whose deal it is.
    const view = await this.database.within({ tenantId }, async (tx) => {
      await lockTenant(tx, tenantId);
      const { id, action } = await work(tx);
      if (action !== null) await Audit.record(tx, principal, action, 'deal', id);
      return this.deals.load(tx, tenantId, id);
    });
    this.bus.ring(OUTBOX_CHANNEL, tenantId);
    return view;
  }

  /** The deal if the principal may see it and it can be changed. */
  private async loadForChange(
    tx: Transaction,
    principal: Principal,
    id: string,
  ): Promise<DealView> {
    const view = await this.deals.load(tx, principal.tenantId, id);
    const { restrictedTo } = principal;
    if (restrictedTo !== undefined && view.row.owner_id !== restrictedTo) throw notFound('deal');
    refuseMerged(view);
    return view;
  }

  private async hasEnded(tx: Transaction, tenantId: string, id: string): Promise<boolean> {
    const [row] = await tx.query<{ ended: boolean }>(
      "SELECT (state ->> 'ended')::boolean AS ended FROM deal WHERE tenant_id = $1 AND id = $2",
      [tenantId, id],
    );
    return row?.ended === true;
  }

  private async send(
    tx: Transaction,
    principal: Principal,
    { type, data }: OwnEvent,
    target: { master_deal_id: string } | { external_refs: readonly object[] },
  ): Promise<EventAnswer> {
    const [clock] = await tx.query<{ now: number }>(
      'SELECT clock_timestamp()::timestamptz(3) AS now',
    );
    const event = {
      event_id: uuidv7(),
      type,
      source: 'mak',
      occurred_at: formatInstant(clock?.now ?? 0),
      data: defined({ ...data, by: `${principal.kind}:${principal.id}` }),
      ...target,
    };
    const { answers } = await this.ingestion.writeLocked(tx, principal.tenantId, [event]);
    return answers[0] as EventAnswer;
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

/** A merged deal is a sign that points to its survivor. */
export function refuseMerged({ row }: DealView): void {
  if (row.merged_into === null) return;
  throw new RefusalError(
    { code: 'deal_merged', reason: 'The deal was merged into another one. Change that one.' },
    409,
    { merged_into: row.merged_into },
  );
}

function notCreated(answer: EventAnswer): RefusalError {
  if (answer.status !== 'orphan') return refusedBy(answer);
  return new RefusalError({
    code: 'no_default_pipeline',
    reason: 'The tenant has no default pipeline. Name a `pipeline`, or publish one.',
    field: 'pipeline',
  });
}

/** The field is that of the event; `data.pipeline` is `pipeline` of the request. */
function refusedBy({ code = 'rejected', reason = '', field }: EventAnswer): RefusalError {
  const named = field?.replace(/^data\./, '');
  return new RefusalError(named === undefined ? { code, reason } : { code, reason, field: named });
}

/** Whether `change` would alter a member of `before`. */
function contains(change: object | undefined, before: Record<string, unknown>): boolean {
  return Object.entries(change ?? {}).some(
    ([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value),
  );
}

function defined(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
