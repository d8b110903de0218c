import { INTO, NEWEST, OUT, REMOTE_WINS } from '../sync/index.ts';
import type { ConnectorEntity } from '../sync/index.ts';
import { BATCH } from './batch-size.ts';
import { storedLeadValues } from './lead-values.ts';
import { storedNoteValues } from './note-values.ts';
import { storedOfficeLeadValues } from './office-lead-values.ts';
import { storedCompanyValues, storedContactValues } from './party-values.ts';
import { storedTaskValues } from './task-values.ts';

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
      { field: 'email', ...REMOTE_WINS },
      { field: 'phone', ...REMOTE_WINS },
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
      { field: 'person', ...REMOTE_WINS },
      { field: 'phones', ...REMOTE_WINS },
      { field: 'emails', ...REMOTE_WINS },
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
