import { randomUUID } from 'node:crypto';
import type { HttpApi } from '../../../simulator/index.ts';
import { noteLine, taskLine } from './facts.ts';

interface Items<Item> {
  readonly items: readonly Item[];
}
interface NoteLine {
  readonly detail: { readonly data: { readonly text: string | null } };
}
interface Task {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly version: number;
}

/** What hangs on deals in MaK. */
export class MakRecords {
  private readonly api: HttpApi;
  private readonly key: string;

  constructor(api: HttpApi, key: string) {
    this.api = api;
    this.key = key;
  }

  /** A client who is a person; gives the id. */
  async makePerson(name: string, position: string): Promise<string> {
    const { id } = await this.api.call<{ id: string }>('/v1/clients', {
      ...{ key: this.key, idempotencyKey: randomUUID() },
      body: { kind: 'person', name, contacts: [{ name, position }] },
    });
    return id;
  }

  async writeNote(deal: string, text: string): Promise<void> {
    await this.api.call(`/v1/deals/${deal}/notes`, {
      ...{ key: this.key, idempotencyKey: randomUUID() },
      body: { text },
    });
  }

  /** Throws when the deal has no such task. */
  async closeTask(deal: string, title: string): Promise<void> {
    const task = (await this.tasks(deal)).find((one) => one.title === title);
    if (task === undefined) throw new Error(`MaK has no task "${title}".`);
    const body = { version: task.version };
    await this.api.call(`/v1/tasks/${task.id}/done`, { key: this.key, body });
  }

  /** Notes and tasks of a deal as its people read them. */
  async attached(deal: string): Promise<readonly string[]> {
    const { items: notes } = await this.api.call<Items<NoteLine>>(
      `/v1/deals/${deal}/timeline?kind=note&limit=200`,
      { key: this.key },
    );
    return [
      ...notes.flatMap(({ detail: { data } }) => (data.text === null ? [] : [noteLine(data.text)])),
      ...(await this.tasks(deal)).map(({ title, status }) => taskLine(title, status)),
    ].toSorted();
  }

  private async tasks(deal: string): Promise<readonly Task[]> {
    const path = `/v1/tasks?deal_id=${deal}&limit=200`;
    return (await this.api.call<Items<Task>>(path, { key: this.key })).items;
  }
}
