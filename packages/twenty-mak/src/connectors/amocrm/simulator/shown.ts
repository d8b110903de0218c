import type {
  SimulatedAccount,
  SimulatedPipeline,
  SimulatedStatus,
  SimulatedUser,
} from './account.ts';
import { WON, LOST } from './account.ts';
import type { StoredNote, StoredRecord, StoredTask } from './stored.ts';

type Shown = Readonly<Record<string, unknown>>;

/** Records as the API gives them; `origin` is where its links lead. */
export class Shower {
  private readonly account: SimulatedAccount;
  private readonly origin: () => string;

  constructor(account: SimulatedAccount, origin: () => string) {
    this.account = account;
    this.origin = origin;
  }

  link(path: string): Shown {
    return { self: { href: `${this.origin()}/api/v4/${path}` } };
  }

  /** Linked records of some kinds are told only when they are asked for by `with`. */
  record(record: StoredRecord, asked: ReadonlySet<string>): Shown {
    const { entity, id, scalars, tags, company } = record;
    return {
      id,
      ...scalars,
      group_id: 0,
      closest_task_at: null,
      custom_fields_values: this.customOf(record),
      account_id: this.account.id,
      ...(entity === 'leads' ? { source_id: null, score: null, labor_cost: null } : {}),
      _links: this.link(`${entity}/${id}`),
      _embedded: {
        tags: tags.map((tag) => ({ ...tag, color: null })),
        ...(entity === 'companies' ? {} : { companies: company === null ? [] : [{ id: company }] }),
        ...this.asked(record, asked),
      },
    };
  }

  task(task: StoredTask): Shown {
    const { result } = task;
    return {
      ...task,
      result: result ?? [],
      group_id: 0,
      account_id: this.account.id,
      _links: this.link(`tasks/${task.id}`),
    };
  }

  note({ entity, ...note }: StoredNote): Shown {
    return {
      ...note,
      group_id: 0,
      account_id: this.account.id,
      _links: this.link(`${entity}/${note.entity_id}/notes/${note.id}`),
    };
  }

  user({ id, name, email, isAdmin, isActive }: SimulatedUser): Shown {
    const all = { view: 'A', edit: 'A', add: 'A', delete: 'A', export: 'A' };
    return {
      id,
      name,
      email,
      lang: 'en',
      rights: {
        ...{ leads: all, contacts: all, companies: all, tasks: { edit: 'A', delete: 'A' } },
        ...{
          is_admin: isAdmin,
          is_free: false,
          is_active: isActive,
          group_id: null,
          role_id: null,
        },
      },
      _links: this.link(`users/${id}`),
    };
  }

  pipeline(pipeline: SimulatedPipeline): Shown {
    const { id, name, sort, isMain, isArchive, statuses } = pipeline;
    return {
      id,
      name,
      sort,
      is_main: isMain,
      is_unsorted_on: true,
      is_archive: isArchive,
      account_id: this.account.id,
      _links: this.link(`leads/pipelines/${id}`),
      _embedded: { statuses: statuses.map((status) => this.status(id, status)) },
    };
  }

  status(pipelineId: number, { id, name, sort, color, type }: SimulatedStatus): Shown {
    return {
      id,
      name,
      sort,
      is_editable: type === 0 && id !== WON && id !== LOST,
      pipeline_id: pipelineId,
      color,
      type,
      account_id: this.account.id,
      _links: this.link(`leads/pipelines/${pipelineId}/statuses/${id}`),
    };
  }

  /** Null, and no empty list, when nothing is filled in. */
  private customOf({ custom }: StoredRecord): readonly Shown[] | null {
    const shown = this.account.fields.flatMap(({ id, name, code, type }) => {
      const values = custom.get(id);
      return values === undefined
        ? []
        : [{ field_id: id, field_name: name, field_code: code, field_type: type, values }];
    });
    return shown.length === 0 ? null : shown;
  }

  private asked(record: StoredRecord, asked: ReadonlySet<string>): Shown {
    const { entity, id, contacts, mainContact } = record;
    const { account } = this;
    if (entity === 'leads')
      return asked.has('contacts')
        ? { contacts: contacts.map((one) => ({ id: one, is_main: one === mainContact })) }
        : {};
    const by = entity === 'contacts' ? 'contact' : 'company';
    const idsOf = (other: 'leads' | 'contacts'): Shown[] =>
      account.linkedWith(other, by, id).map((one) => ({ id: one.id }));
    return {
      ...(asked.has('leads') ? { leads: idsOf('leads') } : {}),
      ...(entity === 'companies' && asked.has('contacts') ? { contacts: idsOf('contacts') } : {}),
    };
  }
}
