import type { WriteRefusal } from '../../platform/records/index.ts';
import type { RemoteChange, There } from '../sync/index.ts';
import { companyOf, mainContactOf } from './lead-values.ts';
import type { Lead } from './lead-values.ts';
import { isSaid } from './links.ts';
import type { Link } from './links.ts';
import type { Step } from './row-writer.ts';

/** Ids there of whom a lead is to name; null is nobody, left out: whoever it names. */
export interface NamedParties {
  readonly company?: number | null;
  readonly contact?: number | null;
}

/** Of values that name nobody, nothing; a new lead goes without whom amoCRM does not have. */
export function partiesOf(
  values: RemoteChange['values'],
  there: There,
  isNew: boolean,
): NamedParties | WriteRefusal {
  const named: { company?: number | null; contact?: number | null } = {};
  for (const [field, kind] of [
    ['client', 'company'],
    ['contact', 'contact'],
  ] as const) {
    if (!(field in values)) continue;
    const id = there(kind, values[field]);
    if (id === null && typeof values[field] === 'string' && !isNew)
      return {
        code: 'unknown_record',
        reason: `amoCRM does not have this ${kind}. Its journal and its dead letter say why.`,
        field,
      };
    named[kind] = id === null ? null : Number(id);
  }
  return named;
}

/** Which of MaK's fields they are. */
export function linkedFields({
  change: { values },
  company,
  contact,
}: Step & NamedParties): readonly string[] {
  return [
    ...(isSaid(company, values['client']) ? ['client'] : []),
    ...(isSaid(contact, values['contact']) ? ['contact'] : []),
  ];
}

/** How a lead that is made names them. */
export function embedded({ company, contact }: NamedParties): object {
  return {
    ...(company == null ? {} : { companies: [{ id: company }] }),
    ...(contact == null ? {} : { contacts: [{ id: contact, is_main: true }] }),
  };
}

/** What of one that is there has to be linked, and what no longer. Whoever else is at it stays there. */
export function relinked<S extends Step & NamedParties>(
  step: S,
  id: number,
  before: Lead | null,
): readonly Link<S>[] {
  return [
    ...one(step, id, 'client', 'companies', before && companyOf(before), step.company),
    ...one(step, id, 'contact', 'contacts', before && mainContactOf(before), step.contact),
  ];
}

function one<S>(
  step: S,
  id: number,
  field: string,
  type: 'companies' | 'contacts',
  before: number | null,
  wanted: number | null | undefined,
): readonly Link<S>[] {
  if (wanted === undefined || wanted === before) return [];
  if (wanted !== null) return [{ step, field, id, to: { type, id: wanted } }];
  return before === null ? [] : [{ step, field, id, to: { type, id: before }, isOff: true }];
}
