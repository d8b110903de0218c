export type RecordEntity = 'leads' | 'contacts' | 'companies';
export const RECORD_ENTITIES: readonly RecordEntity[] = ['leads', 'contacts', 'companies'];

export type Scalar = string | number | boolean | null;

/** One value of a custom field, as the API shows it. */
export interface FieldEntry {
  readonly value: Scalar;
  readonly enum_id?: number;
  readonly enum_code?: string | null;
}

export interface SimulatedTag {
  readonly id: number;
  readonly name: string;
}

/** A lead, contact or company. It is replaced as a whole, never changed in place. */
export interface StoredRecord {
  readonly entity: RecordEntity;
  readonly id: number;
  /** As the API shows them; times in seconds. */
  readonly scalars: Readonly<Record<string, Scalar>>;
  /** By id of the custom field; one without values is not in it. */
  readonly custom: ReadonlyMap<number, readonly FieldEntry[]>;
  readonly tags: readonly SimulatedTag[];
  /** Of a lead; the main one is told by its id. */
  readonly contacts: readonly number[];
  readonly mainContact: number | null;
  /** Of a lead or contact. */
  readonly company: number | null;
}

export interface StoredTask {
  readonly id: number;
  readonly task_type_id: number;
  readonly text: string;
  readonly complete_till: number;
  readonly duration: number;
  readonly entity_id: number | null;
  readonly entity_type: RecordEntity | null;
  readonly responsible_user_id: number;
  readonly is_completed: boolean;
  readonly result: { readonly text: string } | null;
  readonly created_by: number;
  readonly updated_by: number;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface StoredNote {
  readonly id: number;
  readonly entity: RecordEntity;
  readonly entity_id: number;
  readonly note_type: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly responsible_user_id: number;
  readonly created_by: number;
  readonly updated_by: number;
  readonly created_at: number;
  readonly updated_at: number;
}

/** What somebody did, for those who are told. */
export type Change =
  | {
      readonly kind: 'record';
      readonly action: 'add' | 'update' | 'status' | 'responsible' | 'delete' | 'restore';
      readonly before: StoredRecord | null;
      readonly after: StoredRecord;
    }
  | {
      readonly kind: 'task';
      readonly action: 'add' | 'update' | 'responsible';
      readonly before: StoredTask | null;
      readonly after: StoredTask;
    }
  | { readonly kind: 'note'; readonly action: 'note'; readonly after: StoredNote };
