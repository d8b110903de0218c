import type { ConvertLeadInput, LeadDetailFragment } from '../../generated/graphql.ts';
import type { ClientChoice } from '../../parts/clients/client-picker.tsx';

export type NamedLead = Pick<LeadDetailFragment, 'contact' | 'legalForm' | 'title'>;

/** Whom the deal is for, as the person fills it in. */
export interface ClientDraft {
  /** `new`, `other`, `none`, the id of a client that has a number or an address of the lead, or empty until one is chosen. */
  readonly choice: string;
  readonly kind: 'company' | 'person';
  /** Of a new client. */
  readonly name: string;
  /** One that was looked for by name. */
  readonly other: ClientChoice | null;
}

/** The client that is known by the contact; a new one if there is none. Where several share it, a person has to say which. */
export function newClientDraft(lead: NamedLead, known: readonly ClientChoice[]): ClientDraft {
  const kind = lead.legalForm === 'company' ? 'company' : 'person';
  const [first, ...others] = known;
  return {
    choice: first === undefined ? 'new' : others.length > 0 ? '' : first.id,
    kind,
    name: proposedName(lead, kind),
    other: null,
  };
}

/** The same as another kind of client. A name that was only proposed does not stay. */
export function ofKind(
  draft: ClientDraft,
  kind: ClientDraft['kind'],
  lead: NamedLead,
): ClientDraft {
  const isProposed = draft.name === proposedName(lead, draft.kind);
  return { ...draft, kind, name: isProposed ? proposedName(lead, kind) : draft.name };
}

/** Who a person is, goes when the person is erased. A company stays, and so it is not called as the person is. */
function proposedName({ contact, title }: NamedLead, kind: ClientDraft['kind']): string {
  const name = kind === 'person' ? (contact.name ?? title) : title;
  return (name ?? '').slice(0, 200);
}

/** The same as the server takes it; null while something is missing. */
export function clientInput({
  choice,
  kind,
  name,
  other,
}: ClientDraft): Pick<ConvertLeadInput, 'clientId' | 'newClient'> | null {
  switch (choice) {
    case '':
      return null;
    case 'none':
      return {};
    case 'new':
      return name.trim() === '' ? null : { newClient: { kind, name: name.trim() } };
    case 'other':
      return other === null ? null : { clientId: other.id };
    default:
      return { clientId: choice };
  }
}
