import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Direction, Priority } from 'twenty-mak-domain';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import type { ConnectorView } from './connectors.dto.ts';
import { STOP_CODES } from './ports.ts';
import type { StopCode } from './ports.ts';

/** Values of an enum by themselves, as GraphQL wants them. */
export function enumOf<Value extends string>(values: readonly Value[]): Record<Value, Value> {
  return Object.fromEntries(values.map((value) => [value, value])) as Record<Value, Value>;
}

export const ConnectorStateEnum = enumOf(['off', 'running', 'paused', 'stopped']);
registerEnumType(ConnectorStateEnum, { name: 'ConnectorState' });
export const StopCodeEnum = enumOf(STOP_CODES);
registerEnumType(StopCodeEnum, { name: 'ConnectorStopCode' });
export const SyncDirectionEnum = enumOf(['in', 'out', 'both']);
registerEnumType(SyncDirectionEnum, { name: 'SyncDirection' });
export const SyncPriorityEnum = enumOf(['mak', 'remote', 'newest']);
registerEnumType(SyncPriorityEnum, { name: 'SyncPriority' });

@ObjectType('SyncRule')
export class SyncRuleModel {
  @Field(() => SyncDirectionEnum) direction: Direction;
  @Field(() => SyncPriorityEnum) priority: Priority;
  @Field(() => Boolean) critical: boolean;
}

@ObjectType('SyncField', { description: 'How one field is kept equal.' })
export class SyncFieldModel {
  @Field(() => String) field: string;
  @Field(() => [SyncDirectionEnum], { description: 'Directions that are possible' })
  directions: Direction[];
  @Field(() => SyncDirectionEnum) direction: Direction;
  @Field(() => SyncPriorityEnum, { description: 'Who wins when both sides changed it' })
  priority: Priority;
  @Field(() => Boolean, { description: 'A conflict on it is told to a person' }) critical: boolean;
  @Field(() => SyncRuleModel, { description: 'What holds unless it is set' })
  default: SyncRuleModel;
}

@ObjectType('SyncEntity', { description: 'A kind of records that a connector can keep equal.' })
export class SyncEntityModel {
  @Field(() => String) name: string;
  @Field(() => Boolean) enabled: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'Why the system has no such records for now, so that they wait',
  })
  absent: string | null;
  @Field(() => [SyncFieldModel]) fields: SyncFieldModel[];
}

@ObjectType('ConnectorBudget')
export class ConnectorBudgetModel {
  @Field(() => Float, { description: 'Calls at once' }) burst: number;
  @Field(() => Float) perSecond: number;
}

@ObjectType('ConnectorStageTable', {
  description: 'How statuses of the system follow from the stages of a pipeline.',
})
export class ConnectorStageTableModel {
  @Field(() => ID, { description: 'Id of the pipeline' }) pipeline: string;
  @Field(() => JsonScalar, { description: 'By stage: the status that shows it' })
  statusOf: unknown;
  @Field(() => JsonScalar, {
    description: 'By status: type of the event that a move there records',
  })
  eventOf: unknown;
}

@ObjectType('ConnectorStatus', { description: 'A status that tables of stages may name.' })
export class ConnectorStatusModel {
  @Field(() => String) status: string;
  @Field(() => String, { description: 'As people know it there' }) title: string;
  @Field(() => String, { nullable: true, description: 'What it belongs to there, if to anything' })
  pipeline: string | null;
}

@ObjectType('ConnectorChoice', { description: 'To which records of a kind a sync is limited.' })
export class ConnectorChoiceModel {
  @Field(() => String) entity: string;
  @Field(() => [ID], { nullable: true, description: "MaK's ids" }) ids: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Ids of pipelines' })
  pipelines: string[] | null;
  @Field(() => Boolean, { description: 'Whether what only the other system has is brought over' })
  createdThere: boolean;
}

@ObjectType('ConnectorPace', { description: 'How fast the system is asked.' })
export class ConnectorPaceModel {
  @Field(() => Float, { description: 'Calls that could be made at once now' }) level: number;
  @Field(() => Float) burst: number;
  @Field(() => Float) perSecond: number;
}

@ObjectType('ConnectorResync')
export class ConnectorResyncModel {
  @Field(() => String, { description: 'RFC 3339' }) startedAt: string;
  @Field(() => Boolean, { description: "Whether all of MaK's records wait or are done" })
  listed: boolean;
  @Field(() => Int) marked: number;
  @Field(() => Int, {
    description: 'Records of the other system that were found besides, new or changed ones',
  })
  found: number;
  @Field(() => Boolean, {
    description: 'Whether the other system was asked for all of its records',
  })
  foundAll: boolean;
  @Field(() => Int, {
    description: 'Of those that were marked or found, how many still wait',
  })
  left: number;
}

@ObjectType('ConnectorHour')
export class ConnectorHourModel {
  @Field(() => String, { description: 'RFC 3339' }) at: string;
  @Field(() => Int) written: number;
  @Field(() => Int) refused: number;
}

@ObjectType('ConnectorHealth')
export class ConnectorHealthModel {
  @Field(() => Int, { description: 'Records that wait' }) pending: number;
  @Field(() => Int, { description: 'Of these, what people wait for' }) pendingPeople: number;
  @Field(() => Int) deadLetters: number;
  @Field(() => Int, { description: 'Records with a value that a side refused' }) divergent: number;
  @Field(() => Int, { description: 'Conflicts on critical fields that are to be decided' })
  conflicts: number;
  @Field(() => Int) linked: number;
  @Field(() => Float, { description: 'Age of the record that waits longest' }) lagSeconds: number;
  @Field(() => Int, { description: 'Records written in the last 24 hours' }) writtenDay: number;
  @Field(() => Int, { description: 'Records refused in the last 24 hours' }) refusedDay: number;
  @Field(() => Float, { nullable: true, description: 'Of the last 24 hours, from 0 to 1' })
  successRate: number | null;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) lastSyncedAt: string | null;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) polledAt: string | null;
  @Field(() => [ConnectorHourModel], {
    description: 'The last 24 hours, without those in which nothing was done',
  })
  hours: ConnectorHourModel[];
}

@ObjectType('Connector', { description: 'A system whose records are kept equal with ours.' })
export class ConnectorModel {
  @Field(() => ID) key: string;
  @Field(() => String) title: string;
  @Field(() => ConnectorStateEnum, { description: '`off` until it is set up' })
  state: ConnectorView['state'];
  @Field(() => String, { nullable: true, description: 'Why it was stopped' })
  reason: string | null;
  @Field(() => StopCodeEnum, {
    nullable: true,
    description: 'Of a reason that is decided about; `other_account`: see `resumeConnector`',
  })
  reasonCode: StopCode | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Why the system tells of no changes by itself, so that they are found by asking alone; null when it does, or nobody knows',
  })
  silence: string | null;
  @Field(() => JsonScalar, { nullable: true, description: "Of the connector's own shape" })
  settings: unknown;
  @Field(() => Boolean) hasSecrets: boolean;
  @Field(() => [SyncEntityModel]) entities: SyncEntityModel[];
  @Field(() => ConnectorBudgetModel, { description: 'Calls that are allowed' })
  budget: ConnectorBudgetModel;
  @Field(() => ConnectorBudgetModel) highestBudget: ConnectorBudgetModel;
  @Field(() => ConnectorPaceModel, { nullable: true, description: 'Null when nobody knows' })
  pace: ConnectorPaceModel | null;
  @Field(() => Boolean, {
    description: 'Whether what the system told by webhooks is kept for people to see',
  })
  hasMessages: boolean;
  @Field(() => String, {
    nullable: true,
    description:
      'RFC 3339, when the system told of something last; null when it never did, or that is not kept',
  })
  heardAt: string | null;
  @Field(() => Boolean, { description: 'Whether statuses there can follow from stages' })
  hasStatuses: boolean;
  @Field(() => Int) pollSeconds: number;
  @Field(() => [ConnectorStageTableModel]) stageTables: ConnectorStageTableModel[];
  @Field(() => [ConnectorChoiceModel], { description: 'Kinds that are not there are not limited' })
  chosen: ConnectorChoiceModel[];
  @Field(() => Boolean, { description: 'Nothing is written; the journal tells what would be' })
  dryRun: boolean;
  @Field(() => ConnectorResyncModel, { nullable: true }) resync: ConnectorResyncModel | null;
  @Field(() => ConnectorHealthModel) health: ConnectorHealthModel;
  @Field(() => Int) version: number;
}

@InputType()
export class SyncRuleInput {
  @Field(() => String) entity: string;
  @Field(() => String) field: string;
  @Field(() => SyncDirectionEnum) direction: Direction;
  @Field(() => SyncPriorityEnum) priority: Priority;
  @Field(() => Boolean, { nullable: true }) critical?: boolean | null;
}

@InputType()
export class ConnectorBudgetInput {
  @Field(() => Float) burst: number;
  @Field(() => Float) perSecond: number;
}

@InputType()
export class ConnectorStageTableInput {
  @Field(() => ID, { description: 'Id of the pipeline' }) pipeline: string;
  @Field(() => JsonScalar, { description: 'By stage: the status that shows it' })
  statusOf: unknown;
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'By status: type of the event that a move there records',
  })
  eventOf?: unknown;
}

@InputType()
export class ConnectorChoiceInput {
  @Field(() => String) entity: string;
  @Field(() => [ID], { nullable: true, description: "MaK's ids" }) ids?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Ids of pipelines' })
  pipelines?: string[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether what only the other system has is brought over; true',
  })
  createdThere?: boolean | null;
}

@InputType()
export class SetConnectorInput {
  @Field(() => Int, { description: 'The version that was read; 0 when nothing was set before' })
  version: number;
  @Field(() => JsonScalar, { description: "Of the connector's own shape" }) settings: unknown;
  @Field(() => JsonScalar, { nullable: true, description: 'Texts by name; left out, they stay' })
  secrets?: unknown;
  @Field(() => [String], { nullable: true, description: 'Kinds of records; left out: all' })
  entities?: string[] | null;
  @Field(() => [SyncRuleInput], {
    nullable: true,
    description: 'Where they differ from the defaults',
  })
  rules?: SyncRuleInput[] | null;
  @Field(() => ConnectorBudgetInput, { nullable: true }) budget?: ConnectorBudgetInput | null;
  @Field(() => Int, { nullable: true }) pollSeconds?: number | null;
  @Field(() => [ConnectorStageTableInput], { nullable: true, description: 'Left out, they stay' })
  stageTables?: ConnectorStageTableInput[] | null;
  @Field(() => [ConnectorChoiceInput], { nullable: true, description: 'Left out, it stays' })
  chosen?: ConnectorChoiceInput[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Left out, it stays' })
  dryRun?: boolean | null;
}
