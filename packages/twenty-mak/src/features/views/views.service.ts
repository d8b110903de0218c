import { Inject, Injectable } from '@nestjs/common';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { forbidden, notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { Audit } from '../audit/index.ts';
import type { AuditAction } from '../audit/index.ts';
import { DealPipelines } from '../deals/index.ts';
import { ViewFilters } from './view-filters.ts';
import { MOST_OWN, MOST_SHARED, viewAnswer } from './views.dto.ts';
import type { CreateView, EditView, ListViews, ViewAnswer } from './views.dto.ts';
import {
  countViews,
  deleteView,
  findView,
  insertView,
  listViews,
  saveView,
} from './views.repository.ts';
import type { ViewRow } from './views.repository.ts';

type Wanted = Pick<EditView, 'pipeline' | 'definition' | 'shared'>;

/** Saved views: own ones, and those that are shared within the tenant. */
@Injectable()
export class ViewsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DealPipelines) private readonly pipelines: DealPipelines,
    @Inject(ViewFilters) private readonly filters: ViewFilters,
  ) {}

  async list(principal: Principal, { kind }: ListViews): Promise<ViewAnswer[]> {
    const { tenantId, id } = principal;
    const rows = await this.database.within(scopeOf(principal), (tx) =>
      listViews(tx, tenantId, id, kind),
    );
    return rows.map((row) => viewAnswer(row, mayEdit(principal, row)));
  }

  /** Throws 422 `too_many_views` and `unknown_pipeline`, 403 for a restricted account that would share. */
  async create(principal: Principal, view: CreateView): Promise<ViewAnswer> {
    const { tenantId, id } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      await this.refuseWrong(tx, principal, view);
      const { own, shared } = await countViews(tx, tenantId, id);
      if (own >= MOST_OWN) throw tooMany(`You have ${MOST_OWN} views.`);
      if (view.shared) refuseMoreShared(shared);
      const row = await insertView(tx, tenantId, id, view);
      await this.audit(tx, principal, 'view.created', row);
      return viewAnswer(row, true);
    });
  }

  /** Also throws 409 `stale_version`, and 403 for a shared view of somebody else. */
  async edit(
    principal: Principal,
    id: string,
    { version, ...changes }: EditView,
  ): Promise<ViewAnswer> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const before = await this.load(tx, principal, id);
      await this.refuseWrong(tx, principal, changes);
      if (changes.shared === true && !before.shared)
        refuseMoreShared((await countViews(tx, tenantId, before.owner_id)).shared);
      const current = viewAnswer(before, true);
      if (before.version !== version) throw staleVersion(current, { version, ...changes });
      const after = await saveView(tx, tenantId, edited(before, changes));
      if (after === undefined) throw staleVersion(current, { version, ...changes });
      await this.audit(tx, principal, 'view.changed', after);
      return viewAnswer(after, true);
    });
  }

  async delete(principal: Principal, id: string): Promise<void> {
    await this.database.within(scopeOf(principal), async (tx) => {
      const row = await this.load(tx, principal, id);
      await deleteView(tx, principal.tenantId, id);
      await this.audit(tx, principal, 'view.deleted', row);
    });
  }

  private async load(tx: Transaction, principal: Principal, id: string): Promise<ViewRow> {
    const row = await findView(tx, principal.tenantId, principal.id, id);
    if (row === undefined) throw notFound('view');
    if (!mayEdit(principal, row))
      throw forbidden('Somebody else shares this view. Save one of your own.');
    return row;
  }

  private async refuseWrong(
    tx: Transaction,
    principal: Principal,
    { pipeline, definition, shared }: Wanted,
  ): Promise<void> {
    this.filters.refuseWrong(definition?.filter);
    if (shared === true && principal.restrictedTo !== undefined)
      throw forbidden('Who sees only own deals cannot share views.');
    if (typeof pipeline === 'string')
      (await this.pipelines.keys(tx, principal.tenantId)).idOf(pipeline);
  }

  /** Others see what is shared, so its changes are told; own views are nobody's business. */
  private async audit(
    tx: Transaction,
    principal: Principal,
    action: AuditAction,
    { id, shared }: ViewRow,
  ): Promise<void> {
    if (shared) await Audit.record(tx, principal, action, 'view', id, { shared });
  }
}

function mayEdit({ id, scopes }: Principal, row: ViewRow): boolean {
  return row.owner_id === id || (row.shared && scopes.has('tenant:manage'));
}

function edited(before: ViewRow, changes: Omit<EditView, 'version'>): ViewRow {
  return {
    ...before,
    name: changes.name ?? before.name,
    pipeline: changes.pipeline === undefined ? before.pipeline : changes.pipeline,
    definition: changes.definition ?? before.definition,
    shared: changes.shared ?? before.shared,
    position: changes.position ?? before.position,
  };
}

function refuseMoreShared(shared: number): void {
  if (shared >= MOST_SHARED) throw tooMany(`The tenant shares ${MOST_SHARED} views.`);
}

function tooMany(reason: string): RefusalError {
  return new RefusalError({
    code: 'too_many_views',
    reason: `${reason} Delete one that nobody needs first.`,
  });
}
