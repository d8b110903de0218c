import type { FieldDefinition } from './custom-fields.ts';
import { RECORD_ENTITIES } from './stored.ts';
import type {
  Change,
  RecordEntity,
  SimulatedTag,
  StoredNote,
  StoredRecord,
  StoredTask,
} from './stored.ts';

export interface SimulatedUser {
  readonly id: number;
  name: string;
  email: string;
  readonly isAdmin: boolean;
  isActive: boolean;
}

export interface SimulatedStatus {
  readonly id: number;
  name: string;
  sort: number;
  color: string;
  /** 1: leads that nobody has taken yet; amoCRM makes it for each pipeline. */
  readonly type: 0 | 1;
}

export interface SimulatedPipeline {
  readonly id: number;
  name: string;
  sort: number;
  isMain: boolean;
  isArchive: boolean;
  readonly statuses: SimulatedStatus[];
}

/** The same in every pipeline. */
export const WON = 142;
export const LOST = 143;

const PHONE_KINDS = ['WORK', 'WORKDD', 'MOB', 'FAX', 'HOME', 'OTHER'];
const EMAIL_KINDS = ['WORK', 'PRIV', 'OTHER'];

/** Everything that an account holds. Who changes it hands what changed to `onChange`, all of one call at once. */
export class SimulatedAccount {
  readonly id: number;
  readonly subdomain: string;
  readonly users: SimulatedUser[] = [];
  readonly pipelines: SimulatedPipeline[] = [];
  readonly fields: FieldDefinition[] = [];
  readonly tags: Record<RecordEntity, SimulatedTag[]> = { leads: [], contacts: [], companies: [] };
  readonly records: Readonly<Record<RecordEntity, Map<number, StoredRecord>>> = {
    leads: new Map(),
    contacts: new Map(),
    companies: new Map(),
  };
  readonly tasks = new Map<number, StoredTask>();
  readonly notes = new Map<number, StoredNote>();
  onChange: (changes: readonly Change[]) => void = () => undefined;
  private readonly now: () => number;
  private lastId = 10_000_000;

  /** `now` in milliseconds. */
  constructor(now: () => number, { id = 28_847_170, subdomain = 'sandbox' } = {}) {
    this.now = now;
    this.id = id;
    this.subdomain = subdomain;
    this.addUser('Robot of MaK', 'mak@sandbox.example');
    this.addUser('Olena Koval', 'olena@sandbox.example');
    this.addUser('Taras Bondar', 'taras@sandbox.example');
    this.addPipeline('Sales', ['New', 'Negotiation', 'Contract']);
    for (const entity of ['contacts', 'companies'] as const) {
      this.addField(entity, 'Phone', 'multitext', PHONE_KINDS, 'PHONE');
      this.addField(entity, 'Email', 'multitext', EMAIL_KINDS, 'EMAIL');
    }
    this.addField('contacts', 'Position', 'text', [], 'POSITION');
  }

  /** Whole seconds: two changes in one of them look alike. */
  seconds(): number {
    return Math.floor(this.now() / 1_000);
  }

  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  addUser(name: string, email: string): SimulatedUser {
    const isAdmin = this.users.length === 0;
    const user = { id: this.nextId(), name, email, isAdmin, isActive: true };
    this.users.push(user);
    return user;
  }

  /** With the statuses that amoCRM adds to each. */
  addPipeline(name: string, statuses: readonly string[], sort?: number): SimulatedPipeline {
    const pipeline: SimulatedPipeline = {
      id: this.nextId(),
      name,
      sort: sort ?? this.pipelines.length + 1,
      isMain: this.pipelines.length === 0,
      isArchive: false,
      statuses: [
        { id: this.nextId(), name: 'Incoming leads', sort: 10, color: '#c1c1c1', type: 1 },
        { id: WON, name: 'Closed - won', sort: 10_000, color: '#CCFF66', type: 0 },
        { id: LOST, name: 'Closed - lost', sort: 11_000, color: '#D5D8DB', type: 0 },
      ],
    };
    this.pipelines.push(pipeline);
    for (const [index, status] of statuses.entries())
      this.addStatus(pipeline, status, (index + 2) * 10);
    return pipeline;
  }

  addStatus(
    pipeline: SimulatedPipeline,
    name: string,
    sort: number,
    color = '#99ccff',
  ): SimulatedStatus {
    const status: SimulatedStatus = { id: this.nextId(), name, sort, color, type: 0 };
    pipeline.statuses.push(status);
    pipeline.statuses.sort((left, right) => left.sort - right.sort);
    return status;
  }

  addField(
    entity: RecordEntity,
    name: string,
    type: FieldDefinition['type'],
    choices: readonly string[] = [],
    code: string | null = null,
  ): FieldDefinition {
    const isKinds = code !== null && type === 'multitext';
    const field: FieldDefinition = {
      id: this.nextId(),
      entity,
      name,
      type,
      code,
      sort: this.fields.length + 1,
      isPredefined: code !== null,
      enums: choices.map((value, index) => ({
        id: this.nextId(),
        value,
        sort: index + 1,
        code: isKinds ? value : null,
      })),
    };
    this.fields.push(field);
    return field;
  }

  pipeline(id: number): SimulatedPipeline | undefined {
    return this.pipelines.find((pipeline) => pipeline.id === id);
  }

  get mainPipeline(): SimulatedPipeline {
    const main = this.pipelines.find(({ isMain }) => isMain) ?? this.pipelines[0];
    if (main === undefined) throw new Error('An account has a pipeline.');
    return main;
  }

  /** By name, as tags are written; one that is new is made. */
  tag(entity: RecordEntity, name: string): SimulatedTag {
    const known = this.tags[entity].find((tag) => tag.name === name);
    if (known !== undefined) return known;
    const made = { id: this.nextId(), name };
    this.tags[entity].push(made);
    return made;
  }

  /** What `work` changes in records is told all at once or, when it throws, undone. */
  together<T>(work: () => T): T {
    const tell = this.onChange;
    const changes: Change[] = [];
    const before = RECORD_ENTITIES.map(
      (entity) => [entity, new Map(this.records[entity])] as const,
    );
    this.onChange = (some) => void changes.push(...some);
    try {
      const result = work();
      tell(changes);
      return result;
    } catch (error) {
      for (const [entity, rows] of before) {
        this.records[entity].clear();
        for (const [id, row] of rows) this.records[entity].set(id, row);
      }
      throw error;
    } finally {
      this.onChange = tell;
    }
  }

  /** Records with one of these links, e.g. leads of a contact. */
  linkedWith(entity: RecordEntity, by: 'contact' | 'company', id: number): StoredRecord[] {
    return [...this.records[entity].values()].filter((record) =>
      by === 'contact' ? record.contacts.includes(id) : record.company === id,
    );
  }
}
