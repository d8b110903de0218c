import { Rows } from './rows.ts';

export interface OrderStatus {
  readonly id: number;
  readonly name: string;
  readonly alias: string;
  readonly is_active: boolean;
  /** 1 new, 2 approval, 3 production, 4 delivery, 5 success, 6 failure. */
  readonly group_id: number;
  readonly is_closing_order: boolean;
  readonly is_reserved: boolean;
  readonly expiration_period: number | null;
  readonly created_at: string;
}

export interface NamedRow {
  readonly id: number;
  readonly name: string;
  readonly [more: string]: unknown;
}

export interface User {
  readonly id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly full_name: string;
  readonly username: string;
  readonly email: string;
  readonly phone: string | null;
  readonly role_id: number;
  readonly status: 'active' | 'pending' | 'blocked';
}

export type FieldModel = 'order' | 'lead' | 'client' | 'crm_product';
export interface CustomField {
  readonly id: number;
  readonly name: string;
  readonly uuid: string;
  readonly model: FieldModel;
  readonly type: string;
  readonly required: boolean;
  readonly position: number;
  readonly is_multiple: boolean;
  readonly options: readonly string[];
}

export interface Pipeline {
  readonly id: number;
  readonly name: string;
  readonly target_type: string | null;
  readonly target_id: number | null;
  readonly use_payments: boolean;
  readonly lead_type: string | null;
}
export interface PipelineStatus {
  readonly id: number;
  readonly pipeline_id: number;
  readonly title: string;
  readonly alias: string;
  readonly color: string;
  readonly is_final: boolean;
}

/** What people set up in KeyCRM's pages, and programs only read. */
export class SimulatedSettings {
  readonly sources = new Rows<NamedRow>(7);
  readonly statuses = new Rows<OrderStatus>();
  readonly paymentMethods = new Rows<NamedRow>();
  readonly deliveryServices = new Rows<NamedRow>();
  readonly expenseTypes = new Rows<NamedRow>();
  readonly productStatuses = new Rows<NamedRow>();
  readonly tags = new Rows<NamedRow>(4);
  readonly warehouses = new Rows<NamedRow>();
  readonly users = new Rows<User>(6);
  readonly customFields = new Rows<CustomField>(37);
  readonly pipelines = new Rows<Pipeline>();
  readonly pipelineStatuses = new Rows<PipelineStatus>(1_000);

  private readonly createdAt: string;

  constructor(createdAt: string) {
    this.createdAt = createdAt;
    this.addLists();
    this.addStatuses();
    this.addUser('Ira', 'Bondar', 'ira@example.test');
    this.addUser('Petro', 'Savchuk', 'petro@example.test');
    this.addField('order', 'OR_1037', 'Gift', 'text');
    this.addField('order', 'OR_1038', 'MasterDeal', 'text');
    this.addField('order', 'OR_1040', 'Wrapping', 'select', ['Option A', 'Option B']);
    this.addField('client', 'CT_1001', 'Segment', 'select', ['A', 'B', 'C']);
    this.addField('lead', 'LD_1021', 'MasterDeal', 'text');
    this.addField('crm_product', 'CT_1001', 'Season', 'text');
    this.addPipeline('Sales', ['New', 'Talks', 'Offer', 'Won', 'Lost']);
    this.addPipeline('Partners', ['New', 'Signed', 'Refused']);
  }

  addUser(first: string, last: string, email: string, status: User['status'] = 'active'): User {
    return this.users.add({
      first_name: first,
      last_name: last,
      full_name: `${first} ${last}`,
      username: first.toLowerCase(),
      email,
      phone: null,
      role_id: 2,
      status,
    });
  }

  addField(
    model: FieldModel,
    uuid: string,
    name: string,
    type: string,
    options: readonly string[] = [],
  ): CustomField {
    const position = this.customFields.all.filter((field) => field.model === model).length;
    const rest = { required: false, position, is_multiple: false, options };
    return this.customFields.add({ model, uuid, name, type, ...rest });
  }

  addPipeline(name: string, titles: readonly string[]): Pipeline {
    const rest = { target_type: 'order', target_id: null, use_payments: true, lead_type: null };
    const pipeline = this.pipelines.add({ name, ...rest });
    titles.forEach((title, index) =>
      this.pipelineStatuses.add({
        pipeline_id: pipeline.id,
        title,
        alias: title.toLowerCase(),
        color: '#3366cc',
        is_final: index >= titles.length - 2,
      }),
    );
    return pipeline;
  }

  statusesOf(pipelineId: number): readonly PipelineStatus[] {
    return this.pipelineStatuses.all.filter((status) => status.pipeline_id === pipelineId);
  }

  private addLists(): void {
    this.sources.add({ name: 'Web shop', alias: 'web', driver: 'custom', currency_code: 'UAH' });
    this.sources.add({ name: 'Export', alias: 'export', driver: 'custom', currency_code: 'EUR' });
    this.paymentMethods.add({ name: 'Cash', alias: 'cash', is_active: true });
    this.paymentMethods.add({ name: 'Card', alias: 'card', is_active: true });
    this.deliveryServices.add({ name: 'Nova Poshta', alias: 'novaposhta', source_name: 'np' });
    this.deliveryServices.add({ name: 'Courier', alias: 'courier', source_name: null });
    this.expenseTypes.add({ name: 'Delivery', alias: 'delivery', is_active: true });
    this.productStatuses.add({ name: 'Waits', alias: 'waits' });
    this.productStatuses.add({ name: 'Packed', alias: 'packed' });
    this.tags.add({ name: 'VIP', alias: 'vip', color: '#ff0000' });
    this.tags.add({ name: 'Repeat', alias: 'repeat', color: '#00aa00' });
    this.warehouses.add({ name: 'Main', description: null, is_active: true });
    this.warehouses.add({ name: 'Shop', description: null, is_active: true });
  }

  private addStatuses(): void {
    const rows = [
      ['New', 1, true],
      ['Approval', 2, true],
      ['Production', 3, true],
      ['Shipped', 4, true],
      ['Done', 5, false],
      ['Cancelled', 6, false],
    ] as const;
    for (const [name, group, isReserved] of rows)
      this.statuses.add({
        name,
        alias: name.toLowerCase(),
        is_active: true,
        group_id: group,
        is_closing_order: group >= 5,
        is_reserved: isReserved,
        expiration_period: null,
        created_at: this.createdAt,
      });
  }
}
