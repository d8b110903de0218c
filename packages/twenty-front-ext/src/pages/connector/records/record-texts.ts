import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';

/** Kinds of records in words. */
const KINDS: Readonly<Record<string, MessageDescriptor>> = {
  company: msg`Companies`,
  contact: msg`Contacts`,
  deal: msg`Deals`,
  note: msg`Notes`,
  opportunity: msg`Opportunities`,
  person: msg`People`,
  pipeline: msg`Pipelines`,
  sla_run: msg`SLA runs`,
  stage: msg`Stages`,
  task: msg`Tasks`,
};

/** One record of a kind. */
const ONE: Readonly<Record<string, MessageDescriptor>> = {
  company: msg`Company`,
  contact: msg`Contact`,
  deal: msg`Deal`,
  note: msg`Note`,
  opportunity: msg`Opportunity`,
  person: msg`Person`,
  pipeline: msg`Pipeline`,
  sla_run: msg`SLA run`,
  stage: msg`Stage`,
  task: msg`Task`,
};

/** Fields of records in words; one name means the same in every kind. */
const FIELDS: Readonly<Record<string, MessageDescriptor>> = {
  accountable: msg`Accountable`,
  acknowledged_at: msg`Acknowledged`,
  amount: msg`Amount`,
  archived: msg`Archived`,
  assignee: msg`Assignee`,
  body: msg`Text`,
  business_stage: msg`Business stage`,
  client: msg`Client`,
  closed_at: msg`Closed`,
  company: msg`Company`,
  contact: msg`Contact`,
  deal: msg`Deal`,
  domain: msg`Internet domain`,
  due_at: msg`Due`,
  email: msg`E-mail`,
  gates: msg`Gates`,
  is_archived: msg`Archived`,
  is_default: msg`Default`,
  kind: msg`Kind`,
  missing_gates: msg`Missing gates`,
  name: msg`Name`,
  opened_at: msg`Opened`,
  opportunity: msg`Opportunity`,
  outcome: msg`Outcome`,
  owner: msg`Owner`,
  phone: msg`Phone`,
  pipeline: msg`Pipeline`,
  position: msg`Position`,
  rank: msg`Rank`,
  sla_due_at: msg`SLA due`,
  sla_state: msg`SLA state`,
  stage: msg`Stage`,
  stage_started_at: msg`In the stage since`,
  status: msg`Status`,
  title: msg`Title`,
  version: msg`Version`,
};

interface RecordTexts {
  /** Records of a kind. */
  readonly kind: (name: string) => string;
  readonly one: (name: string) => string;
  readonly field: (name: string) => string;
}

/** Names of kinds and fields in the person's language; one that we have no word for stands as it is. */
export function useRecordTexts(): RecordTexts {
  const { i18n } = useLingui();
  const textOf =
    (texts: Readonly<Record<string, MessageDescriptor>>) =>
    (name: string): string => {
      const known = texts[name];
      return known === undefined ? name : i18n._(known);
    };
  return { kind: textOf(KINDS), one: textOf(ONE), field: textOf(FIELDS) };
}
