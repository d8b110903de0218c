import type { FieldAbility } from 'twenty-mak-domain';
import type { ConnectorEntity } from '../sync/index.ts';
import { BATCH } from './batch-size.ts';
import { storedLeadValues } from './lead-values.ts';
import { storedNoteValues } from './note-values.ts';
import { storedOfficeLeadValues } from './office-lead-values.ts';
import { storedCompanyValues, storedContactValues } from './party-values.ts';
import { storedTaskValues } from './task-values.ts';

/** Edited by people on both sides; the last one wins. */
const NEWEST: Omit<FieldAbility, 'field'> = {
  directions: ['in', 'out', 'both'],
  rule: { direction: 'both', priority: 'newest', critical: false },
};
/** Edited by people on both sides; of two changes amoCRM's wins. */
const CRM_WINS: Omit<FieldAbility, 'field'> = {
  ...NEWEST,
  rule: { ...NEWEST.rule, priority: 'remote' },
};
/** Only amoCRM says it. */
const INTO: Omit<FieldAbility, 'field'> = {
  directions: ['in'],
  rule: { direction: 'in', priority: 'remote', critical: false },
};
/** Follows from facts in MaK. */
const OUT: Omit<FieldAbility, 'field'> = {
  directions: ['out'],
  rule: { direction: 'out', priority: 'mak', critical: false },
};

/** Before somebody new is made, amoCRM is searched once or twice, one after the other: few, so that a batch ends long before its lease. */
const SEARCHED = 15;

/** What goes over, in the order in which records name each other. */
export const AMOCRM_ENTITIES: readonly ConnectorEntity[] = [
  {
    name: 'company',
    abilities: [
      { field: 'id', ...OUT },
      { field: 'name', ...NEWEST },
      { field: 'owner', ...NEWEST },
    ],
    batch: SEARCHED,
    createsInMak: true,
    whenNamed: true,
    staysDeleted: true,
    asStored: storedCompanyValues,
  },
  {
    name: 'contact',
    abilities: [
      { field: 'id', ...OUT },
      { field: 'name', ...NEWEST },
      { field: 'email', ...CRM_WINS },
      { field: 'phone', ...CRM_WINS },
      { field: 'position', ...NEWEST },
      { field: 'company', ...NEWEST },
    ],
    batch: SEARCHED,
    createsInMak: true,
    whenNamed: true,
    staysDeleted: true,
    personal: ['name', 'email', 'phone'],
    references: { company: 'company' },
    after: ['company'],
    asStored: storedContactValues,
  },
  {
    name: 'deal',
    abilities: [
      { field: 'id', ...OUT },
      { field: 'name', ...NEWEST },
      { field: 'amount', ...NEWEST },
      { field: 'owner', ...NEWEST },
      { field: 'client', ...NEWEST },
      { field: 'contact', ...NEWEST },
      { field: 'status', ...OUT },
    ],
    batch: BATCH,
    createsInMak: true,
    staysDeleted: true,
    moved: 'status',
    references: { client: 'company', contact: 'contact' },
    after: ['company', 'contact'],
    apartFrom: ['office_lead'],
    asStored: storedLeadValues,
  },
  {
    name: 'office_lead',
    abilities: [
      { field: 'id', ...OUT },
      // There people call a lead by who it is, and MaK's title says of nobody who it is.
      { field: 'name', ...OUT },
      { field: 'person', ...CRM_WINS },
      { field: 'phones', ...CRM_WINS },
      { field: 'emails', ...CRM_WINS },
      { field: 'amount', ...NEWEST },
      { field: 'owner', ...NEWEST },
      { field: 'city', ...NEWEST },
      { field: 'niche', ...NEWEST },
      { field: 'source', ...OUT },
      { field: 'handling', ...OUT },
      { field: 'status', ...OUT },
    ],
    batch: SEARCHED,
    createsInMak: true,
    staysDeleted: true,
    isMet: true,
    moved: 'status',
    // One whose status nothing shows there stays here.
    isMadeThere: ({ status }) => typeof status === 'string',
    personal: ['name', 'person', 'phones', 'emails', 'city', 'niche'],
    fillsOnly: ['name'],
    apartFrom: ['deal'],
    asStored: storedOfficeLeadValues,
  },
  {
    name: 'task',
    abilities: [
      { field: 'deal', ...NEWEST },
      { field: 'title', ...NEWEST },
      { field: 'due_at', ...NEWEST },
      { field: 'status', ...NEWEST },
      { field: 'assignee', ...NEWEST },
    ],
    batch: BATCH,
    createsInMak: true,
    staysDeleted: true,
    // What nobody has to do any more is of no use there.
    isMadeThere: ({ status }) => status === 'open',
    partOf: { field: 'deal', entity: 'deal' },
    after: ['deal'],
    asStored: storedTaskValues,
  },
  {
    name: 'note',
    abilities: [
      { field: 'deal', ...NEWEST },
      { field: 'text', ...NEWEST },
      { field: 'author', ...INTO },
    ],
    batch: BATCH,
    createsInMak: true,
    staysDeleted: true,
    isMadeThere: ({ removed }) => removed !== true,
    // People write of people.
    personal: ['text', 'author'],
    partOf: { field: 'deal', entity: 'deal' },
    after: ['deal'],
    asStored: storedNoteValues,
  },
];
