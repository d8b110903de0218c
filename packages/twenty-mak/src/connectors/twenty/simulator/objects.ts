import type { CompositeType } from './composites.ts';
import { MARKET_OBJECTS } from './market-objects.ts';

/** How a field of an object looks in the API; a list of texts holds the options of a choice. */
export type SimulatedType =
  | 'TEXT'
  | 'NUMBER'
  | 'BOOLEAN'
  | 'DATE_TIME'
  | 'ARRAY'
  | CompositeType
  | readonly string[];

export interface SimulatedObject {
  readonly singular: string;
  readonly plural: string;
  readonly fields: Readonly<Record<string, SimulatedType>>;
  /** Name of the relation and object that it leads to. */
  readonly relations: Readonly<Record<string, string>>;
  /** `makId` is kept once in objects of our app, and only there. */
  readonly isTwentys?: true;
  /** A field and the part of it that twenty keeps once. */
  readonly unique?: readonly [field: string, part: string];
  /** Name of the other end of a relation: the object whose records lead here, and the name of theirs. They go with it. */
  readonly lists?: Readonly<Record<string, readonly [object: string, relation: string]>>;
}

/** Objects of the MaK app and those of twenty that it refers to, as far as the connector uses them. */
export const SIMULATED_OBJECTS: readonly SimulatedObject[] = [
  {
    singular: 'masterDeal',
    plural: 'masterDeals',
    fields: {
      name: 'TEXT',
      makId: 'TEXT',
      amount: 'CURRENCY',
      businessStage: 'TEXT',
      stageStartedAt: 'DATE_TIME',
      gates: 'ARRAY',
      missingGates: 'ARRAY',
      slaState: ['ON_TIME', 'BREACHED'],
      slaDueAt: 'DATE_TIME',
      outcome: ['WON', 'LOST'],
      closedAt: 'DATE_TIME',
      makVersion: 'NUMBER',
    },
    relations: {
      pipeline: 'makPipeline',
      stage: 'makStage',
      owner: 'workspaceMember',
      company: 'company',
      pointOfContact: 'person',
      opportunity: 'opportunity',
    },
  },
  {
    singular: 'makPipeline',
    plural: 'makPipelines',
    fields: {
      name: 'TEXT',
      makId: 'TEXT',
      makVersion: 'NUMBER',
      isDefault: 'BOOLEAN',
      isArchived: 'BOOLEAN',
    },
    relations: {},
  },
  {
    singular: 'makStage',
    plural: 'makStages',
    fields: { name: 'TEXT', makId: 'TEXT', rank: 'NUMBER', kind: ['OPEN', 'WON', 'LOST'] },
    relations: { pipeline: 'makPipeline' },
  },
  {
    singular: 'makSlaRun',
    plural: 'makSlaRuns',
    fields: {
      name: 'TEXT',
      makId: 'TEXT',
      status: ['RUNNING', 'MET', 'BREACHED', 'CANCELLED'],
      openedAt: 'DATE_TIME',
      dueAt: 'DATE_TIME',
      closedAt: 'DATE_TIME',
      accountable: 'TEXT',
      acknowledgedAt: 'DATE_TIME',
    },
    relations: { masterDeal: 'masterDeal' },
  },
  ...MARKET_OBJECTS,
  {
    singular: 'makConnection',
    plural: 'makConnections',
    fields: { name: 'TEXT', makId: 'TEXT', makUrl: 'TEXT', tenantKey: 'TEXT' },
    relations: {},
  },
  {
    singular: 'company',
    plural: 'companies',
    isTwentys: true,
    fields: { name: 'TEXT', makId: 'TEXT', domainName: 'LINKS' },
    relations: { accountOwner: 'workspaceMember' },
    unique: ['domainName', 'primaryLinkUrl'],
  },
  {
    singular: 'person',
    plural: 'people',
    isTwentys: true,
    fields: {
      name: 'FULL_NAME',
      makId: 'TEXT',
      emails: 'EMAILS',
      phones: 'PHONES',
      jobTitle: 'TEXT',
    },
    relations: { company: 'company' },
    unique: ['emails', 'primaryEmail'],
  },
  {
    singular: 'opportunity',
    plural: 'opportunities',
    isTwentys: true,
    fields: {
      name: 'TEXT',
      makId: 'TEXT',
      amount: 'CURRENCY',
      stage: ['NEW', 'SCREENING', 'MEETING', 'PROPOSAL', 'CUSTOMER'],
    },
    relations: { owner: 'workspaceMember', company: 'company', pointOfContact: 'person' },
  },
  {
    singular: 'task',
    plural: 'tasks',
    isTwentys: true,
    fields: {
      title: 'TEXT',
      makId: 'TEXT',
      dueAt: 'DATE_TIME',
      status: ['TODO', 'IN_PROGRESS', 'DONE'],
    },
    relations: { assignee: 'workspaceMember' },
    lists: { taskTargets: ['taskTarget', 'task'] },
  },
  {
    singular: 'taskTarget',
    plural: 'taskTargets',
    fields: {},
    relations: { task: 'task', targetMasterDeal: 'masterDeal' },
  },
  {
    singular: 'note',
    plural: 'notes',
    isTwentys: true,
    fields: { title: 'TEXT', makId: 'TEXT', bodyV2: 'RICH_TEXT' },
    relations: {},
    lists: { noteTargets: ['noteTarget', 'note'] },
  },
  {
    singular: 'noteTarget',
    plural: 'noteTargets',
    fields: {},
    relations: { note: 'note', targetMasterDeal: 'masterDeal' },
  },
  {
    singular: 'workspaceMember',
    plural: 'workspaceMembers',
    fields: { userEmail: 'TEXT' },
    relations: {},
  },
];
