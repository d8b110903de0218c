import type { Json, Values } from 'twenty-mak-domain';
import { domain, email, fullName, party, phone } from './contact-kinds.ts';
import { both, out, remoteWins } from './entity-fields.ts';
import type { TwentyEntity } from './entity-fields.ts';
import { member, text } from './field-kinds.ts';

const lower = (value: Json | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().toLowerCase() : null;

/**
 * Companies and people, which both sides may have had before they were connected. twenty keeps a domain and an e-mail
 * address once, and takes a new record with one that is there for a change of that.
 */
export const PARTY_ENTITIES: readonly TwentyEntity[] = [
  {
    name: 'company',
    singular: 'company',
    plural: 'companies',
    createsInMak: true,
    whenNamed: true,
    staysDeleted: true,
    twins: {
      filters: ({ name, domain: host }: Values) => [
        ...(lower(name) === null ? [] : [{ name: { ilike: escaped(lower(name) ?? '') } }]),
        ...(lower(host) === null
          ? []
          : [{ domainName: { primaryLinkUrl: { ilike: `%${escaped(lower(host) ?? '')}%` } } }]),
      ],
      unique: ({ domain: host }) => lower(host),
      isAlike: (one, other) => lower(one['name']) === lower(other['name']),
    },
    fields: [
      out('id', 'makId', text),
      both('name', 'name', text),
      both('domain', 'domainName', domain),
      both('owner', 'accountOwner', member),
    ],
  },
  {
    name: 'contact',
    singular: 'person',
    plural: 'people',
    createsInMak: true,
    whenNamed: true,
    staysDeleted: true,
    personal: ['name', 'email', 'phone'],
    twins: {
      filters: ({ email: address }: Values) =>
        lower(address) === null ? [] : [{ emails: { primaryEmail: { eq: lower(address) } } }],
      unique: ({ email: address }) => lower(address),
      isAlike: () => false,
    },
    fields: [
      out('id', 'makId', text),
      both('name', 'name', fullName),
      remoteWins('email', 'emails', email),
      remoteWins('phone', 'phones', phone),
      both('position', 'jobTitle', text),
      both('company', 'company', party('company')),
    ],
  },
];

function escaped(value: string): string {
  return value.replace(/[\\%_]/g, String.raw`\$&`);
}
