import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { TestApp } from './app.ts';
import type { TwentyStage } from './twenty-stage.ts';

interface Line {
  readonly kind: string;
  readonly detail: {
    readonly source: string;
    readonly event_id: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

/** Notes of deals on both sides of a stage. */
export interface NoteDesk {
  readonly table: (object: string) => readonly Row[];
  /** What stands on notes there: title, body, and whether they lie in the bin. */
  readonly there: () => unknown[];
  readonly notesOf: (deal: string) => Promise<readonly Line[]>;
  /** What the deal here shows of them. */
  readonly dataOf: (deal: string) => Promise<unknown[]>;
  readonly editThere: (id: string, data: object) => void;
  readonly eventsOf: () => Promise<object[]>;
  readonly send: (path: string, body: object) => Promise<{ id: string; version: number }>;
  readonly createDeal: (name?: string) => Promise<{ id: string; remote: string }>;
  /** What twenty's page does when a person adds a note to a deal: an empty one, its place, and then what is written. */
  readonly addThere: (remoteDeal: string) => string;
  /** Tells, as another system, what becomes of the only note of a deal. */
  readonly teller: (
    deal: string,
  ) => Promise<(type: string, data: object, occurredAt?: Date) => Promise<void>>;
}

export function openNoteDesk(api: TestApp, stage: TwentyStage): NoteDesk {
  const { twenty, tenant, person, rows } = stage;
  const table: NoteDesk['table'] = (object) => [...twenty.workspace.table(object).rows.values()];
  const notesOf: NoteDesk['notesOf'] = async (deal) => {
    const path = `/v1/deals/${deal}/timeline?kind=note`;
    return (await api.call<{ items: Line[] }>(path, { key: tenant.apiKey })).body.items;
  };
  const send: NoteDesk['send'] = async (path, body) => {
    const answer = await api.call<{ id: string; version: number }>(path, {
      key: tenant.apiKey,
      headers: { 'idempotency-key': randomUUID() },
      body,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body;
  };
  return {
    table,
    there: () =>
      table('note').map(({ title, bodyV2, deletedAt }) => {
        const body = (bodyV2 as { markdown: string | null }).markdown;
        return [title, body, deletedAt === null ? 'there' : 'bin'];
      }),
    notesOf,
    dataOf: async (deal) => (await notesOf(deal)).map(({ detail }) => detail.data),
    editThere: (id, data) => {
      twenty.workspace.update('note', { id: { eq: id } }, { ...data }, person);
    },
    eventsOf: () =>
      rows(
        `SELECT type, source FROM event WHERE tenant_id = $1 AND type LIKE 'deal.note.%' ORDER BY received_at, occurred_at`,
      ),
    send,
    createDeal: async (name = 'Deal') => {
      const { id } = await send('/v1/deals', { name });
      await stage.settled();
      return { id, remote: table('masterDeal').find((row) => row['makId'] === id)?.id ?? '' };
    },
    addThere: (remoteDeal) => {
      const { workspace } = twenty;
      const id = workspace.upsert('note', [{ title: '' }], person)[0]?.id ?? '';
      workspace.upsert('noteTarget', [{ noteId: id, targetMasterDealId: remoteDeal }], person);
      return id;
    },
    teller: async (deal) => {
      const [line] = await notesOf(deal);
      const note = { source: line?.detail.source, event_id: line?.detail.event_id };
      return async (type, data, occurredAt = new Date()) => {
        await send('/v1/events', {
          event_id: randomUUID(),
          type,
          source: 'crm',
          occurred_at: occurredAt.toISOString(),
          master_deal_id: deal,
          data: { note, ...data },
        });
      };
    },
  };
}
