import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import { enumOf } from './connectors.model.ts';
import { JOURNAL_KINDS } from './journal.ts';
import type { JournalKind } from './journal.ts';

export const SyncJournalKindEnum = enumOf(JOURNAL_KINDS);
registerEnumType(SyncJournalKindEnum, { name: 'SyncJournalKind' });

@InputType()
export class SyncRecordInput {
  @Field(() => String) entity: string;
  @Field(() => String) key: string;
}

@ObjectType('SyncRefusal')
export class SyncRefusalModel {
  @Field(() => String) code: string;
  @Field(() => String) reason: string;
  @Field(() => String, { nullable: true }) field: string | null;
}

@ObjectType('SyncDeadLetter', { description: 'A record that could not be made on the other side.' })
export class SyncDeadLetterModel {
  @Field(() => String) entity: string;
  @Field(() => String) key: string;
  @Field(() => String, { nullable: true }) localId: string | null;
  @Field(() => String, { nullable: true }) remoteId: string | null;
  @Field(() => SyncRefusalModel, { nullable: true }) refusal: SyncRefusalModel | null;
  @Field(() => String, { description: 'RFC 3339' }) deadAt: string;
}

@ObjectType('SyncDeadLetterPage')
export class SyncDeadLetterPageModel {
  @Field(() => [SyncDeadLetterModel]) items: SyncDeadLetterModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ObjectType('SyncJournalEntry', { description: 'What was done with a record.' })
export class SyncJournalEntryModel {
  @Field(() => ID) id: string;
  @Field(() => String) entity: string;
  @Field(() => String, { nullable: true }) localId: string | null;
  @Field(() => String, { nullable: true }) remoteId: string | null;
  @Field(() => SyncJournalKindEnum) kind: JournalKind;
  @Field(() => JsonScalar) detail: unknown;
  @Field(() => String, { description: 'RFC 3339' }) at: string;
}

@ObjectType('SyncJournalPage')
export class SyncJournalPageModel {
  @Field(() => [SyncJournalEntryModel]) items: SyncJournalEntryModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ObjectType('SyncDivergence', { description: 'Linked records with a difference that stays.' })
export class SyncDivergenceModel {
  @Field(() => String) entity: string;
  @Field(() => String) localId: string;
  @Field(() => String) remoteId: string;
  @Field(() => SyncRefusalModel, { nullable: true }) refusal: SyncRefusalModel | null;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) lastSyncedAt: string | null;
}

@ObjectType('SyncDivergencePage')
export class SyncDivergencePageModel {
  @Field(() => [SyncDivergenceModel]) items: SyncDivergenceModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ArgsType()
export class SyncRecordsArgs {
  @Field(() => Int, { nullable: true }) limit?: number;
  @Field(() => String, { nullable: true }) cursor?: string;
}

@ArgsType()
export class SyncJournalArgs extends SyncRecordsArgs {
  @Field(() => String, { nullable: true }) entity?: string;
  @Field(() => String, { nullable: true }) localId?: string;
  @Field(() => SyncJournalKindEnum, { nullable: true }) kind?: JournalKind;
}
