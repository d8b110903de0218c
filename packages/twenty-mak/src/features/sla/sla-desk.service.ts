import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { instantKey, pageOf, readCursor, textKey } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { accountNames } from '../accounts/index.ts';
import { tasksById } from '../tasks/index.ts';
import { deskPersonView, deskRunView } from './sla-desk.dto.ts';
import type {
  DeskPeopleRequest,
  DeskPersonView,
  DeskRequest,
  DeskRunView,
} from './sla-desk.dto.ts';
import { countByPerson, listDesk } from './sla-desk.repository.ts';
import { presentOf } from './sla.repository.ts';

const cursorKeys = z.tuple([instantKey, z.uuid(), textKey, textKey, textKey]);

/** What is breached and open, what is due next, and whom it waits for. */
@Injectable()
export class SlaDeskService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Open runs of deals that are not archived, the nearest due time first. */
  async list(principal: Principal, request: DeskRequest): Promise<Page<DeskRunView>> {
    const { limit, cursor, due_before: dueBefore, ...filter } = request;
    const after = cursor === undefined ? null : readCursor(cursorKeys, cursor);
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const present = await presentOf(tx, tenantId);
      const wanted = { ...filter, dueBefore, present };
      const rows = await listDesk(tx, tenantId, wanted, after, limit + 1);
      const page = pageOf(rows, limit, (row) => [
        row.due_at,
        row.deal_id,
        row.timer,
        row.opened_source,
        row.opened_event_id,
      ]);
      const ids = page.items.flatMap((row) => row.task_id ?? []);
      const tasks = await tasksById(tx, tenantId, ids);
      const names = await accountNames(tx, tenantId, personsOf(page.items));
      const items = page.items.map((row) =>
        deskRunView(row, tasks.get(row.task_id ?? ''), names.get(row.person_id ?? '')),
      );
      return { items, next: page.next };
    });
  }

  async people(
    principal: Principal,
    { pipeline, timer }: DeskPeopleRequest,
  ): Promise<readonly DeskPersonView[]> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const present = await presentOf(tx, tenantId);
      const counts = await countByPerson(tx, tenantId, { pipeline, timer, present });
      const names = await accountNames(tx, tenantId, personsOf(counts));
      return counts.map((one) => deskPersonView(one, names.get(one.person_id ?? '')));
    });
  }
}

function personsOf(rows: readonly { readonly person_id: string | null }[]): string[] {
  return [...new Set(rows.flatMap(({ person_id: id }) => id ?? []))];
}
