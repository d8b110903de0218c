import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { InstantScalar, JsonScalar } from '../../platform/graphql/scalars.ts';
import { DealRefInput, ExternalRef, PageInfo } from '../deals/index.ts';

export enum ClientKind {
  company = 'company',
  person = 'person',
}
registerEnumType(ClientKind, { name: 'ClientKind' });

export enum ContactState {
  open = 'open',
  hidden = 'hidden',
  erased = 'erased',
}
registerEnumType(ContactState, {
  name: 'ContactState',
  description:
    'hidden: the client is not your company’s own, and it needs the scope persons:read; erased: nobody can read it any more.',
});

export enum ClientHistoryKind {
  stage = 'stage',
  note = 'note',
  breach = 'breach',
  lead = 'lead',
  edit = 'edit',
}
registerEnumType(ClientHistoryKind, { name: 'ClientHistoryKind' });

@ObjectType({ description: 'A company or a person that the tenant deals with.' })
export class Client {
  @Field(() => ID) id: string;
  @Field(() => ClientKind) kind: ClientKind;
  @Field() name: string;
  @Field(() => String, { nullable: true }) industry: string | null;
  @Field(() => String, { nullable: true }) size: string | null;
  @Field(() => String, { nullable: true }) budgetBand: string | null;
  @Field(() => String, { nullable: true }) clientType: string | null;
  @Field(() => String, { nullable: true }) source: string | null;
  @Field(() => [String]) segments: string[];
  @Field() keyAccount: boolean;
  @Field(() => ID, { nullable: true, description: 'Account that looks after the client.' })
  ownerId: string | null;
  @Field(() => [ExternalRef]) externalRefs: ExternalRef[];
  @Field(() => JsonScalar) attributes: Record<string, unknown>;
  @Field(() => InstantScalar, { nullable: true }) archivedAt: number | null;
  @Field(() => ID, { nullable: true, description: 'The client that it has become one with.' })
  mergedInto: string | null;
  @Field(() => Int) version: number;
  @Field(() => InstantScalar) createdAt: number;
  @Field(() => InstantScalar) updatedAt: number;
}

@ObjectType()
export class ClientConnection {
  @Field(() => [Client]) nodes: Client[];
  @Field(() => PageInfo) pageInfo: PageInfo;
}

@ObjectType()
export class ClientMessenger {
  @Field() kind: string;
  @Field() address: string;
}

@ObjectType({ description: 'A person at the client. Reading it is audited.' })
export class ClientContact {
  @Field(() => ID) id: string;
  @Field(() => String, { nullable: true, description: 'What the person does at the client.' })
  position: string | null;
  @Field(() => ContactState) state: ContactState;
  @Field(() => String, { nullable: true }) name: string | null;
  @Field(() => String, { nullable: true }) email: string | null;
  @Field(() => String, { nullable: true }) phone: string | null;
  @Field(() => [ClientMessenger]) messengers: ClientMessenger[];
}

@ObjectType({ description: "Somebody who works on the client's deals." })
export class ClientPerson {
  @Field(() => ID) accountId: string;
  @Field(() => String, { nullable: true }) name: string | null;
  @Field(() => [String], { description: '`owner`, and the roles of pipelines.' }) roles: string[];
  @Field(() => Int) deals: number;
  @Field(() => Int) openDeals: number;
}

@ObjectType()
export class ClientHistoryLine {
  @Field(() => ClientHistoryKind) kind: ClientHistoryKind;
  @Field(() => InstantScalar) at: number;
  @Field(() => ID, { nullable: true }) dealId: string | null;
  @Field(() => String, { nullable: true }) dealName: string | null;
  @Field(() => JsonScalar) detail: Record<string, unknown>;
}

@ObjectType()
export class ClientHistoryConnection {
  @Field(() => [ClientHistoryLine]) nodes: ClientHistoryLine[];
  @Field(() => PageInfo) pageInfo: PageInfo;
}

@ObjectType('ClientFacets', { description: 'Words that clients are described by.' })
export class ClientFacetsModel {
  @Field(() => [String]) industries: string[];
  @Field(() => [String]) sizes: string[];
  @Field(() => [String]) budgetBands: string[];
  @Field(() => [String]) clientTypes: string[];
  @Field(() => [String]) sources: string[];
  @Field(() => [String]) segments: string[];
}

@InputType()
export class ClientFilterInput {
  @Field(() => String, { nullable: true, description: 'Part of the name.' }) text?: string;
  @Field(() => ClientKind, { nullable: true }) kind?: ClientKind;
  @Field(() => String, { nullable: true }) industry?: string;
  @Field(() => String, { nullable: true }) size?: string;
  @Field(() => String, { nullable: true }) budgetBand?: string;
  @Field(() => String, { nullable: true }) clientType?: string;
  @Field(() => String, { nullable: true }) source?: string;
  @Field(() => String, { nullable: true }) segment?: string;
  @Field(() => ID, { nullable: true, description: 'A saved filter, of `clientSegments`.' })
  inSegment?: string;
  @Field(() => Boolean, { nullable: true }) keyAccount?: boolean;
  @Field(() => ID, { nullable: true }) owner?: string;
  @Field(() => ID, {
    nullable: true,
    description: 'A lead: clients that have a number or an address of it.',
  })
  lead?: string;
  @Field(() => Boolean, { nullable: true }) archived?: boolean;
}

@ArgsType()
export class ClientsArgs {
  @Field(() => ClientFilterInput, { nullable: true }) filter?: ClientFilterInput;
  @Field(() => String, { nullable: true, description: 'As in REST, e.g. `-created_at`.' })
  sort?: string;
  @Field(() => Int, { nullable: true }) first?: number;
  @Field(() => String, { nullable: true }) after?: string;
}

export enum MergeSide {
  survivor = 'survivor',
  absorbed = 'absorbed',
}
registerEnumType(MergeSide, {
  name: 'MergeSide',
  description: 'survivor: the client that stays; absorbed: the one that goes.',
});

@InputType({
  description:
    'Whose value stays. What is left out: of the survivor, or of the other one where the survivor has none; segments of both.',
})
export class ClientMergeChoicesInput {
  @Field(() => MergeSide, { nullable: true }) name?: MergeSide;
  @Field(() => MergeSide, { nullable: true }) industry?: MergeSide;
  @Field(() => MergeSide, { nullable: true }) size?: MergeSide;
  @Field(() => MergeSide, { nullable: true }) budgetBand?: MergeSide;
  @Field(() => MergeSide, { nullable: true }) clientType?: MergeSide;
  @Field(() => MergeSide, { nullable: true }) source?: MergeSide;
  @Field(() => MergeSide, { nullable: true }) keyAccount?: MergeSide;
  @Field(() => MergeSide, { nullable: true }) ownerId?: MergeSide;
  @Field(() => MergeSide, { nullable: true }) segments?: MergeSide;
  @Field(() => JsonScalar, { nullable: true, description: 'A side by the name of an attribute.' })
  attributes?: unknown;
}

@ArgsType()
export class MergeClientsArgs {
  @Field(() => ID, { description: 'The client that goes.' }) id: string;
  @Field(() => Int) version: number;
  @Field(() => ID, { description: 'The client that stays.' }) into: string;
  @Field(() => Int) intoVersion: number;
  @Field(() => ClientMergeChoicesInput, { nullable: true }) choices?: ClientMergeChoicesInput;
}

@InputType()
export class ClientMessengerInput {
  @Field() kind: string;
  @Field() address: string;
}

@InputType()
export class ClientContactInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Of a contact that is there; alone it keeps it as it is.',
  })
  id?: string;
  @Field(() => String, { nullable: true }) position?: string | null;
  @Field(() => String, { nullable: true }) name?: string;
  @Field(() => String, { nullable: true }) email?: string;
  @Field(() => String, { nullable: true }) phone?: string;
  @Field(() => [ClientMessengerInput], { nullable: true }) messengers?: ClientMessengerInput[];
}

@InputType()
export class ClientFieldsInput {
  @Field(() => ClientKind, { nullable: true }) kind?: ClientKind;
  @Field(() => String, { nullable: true }) industry?: string | null;
  @Field(() => String, { nullable: true }) size?: string | null;
  @Field(() => String, { nullable: true }) budgetBand?: string | null;
  @Field(() => String, { nullable: true }) clientType?: string | null;
  @Field(() => String, { nullable: true }) source?: string | null;
  @Field(() => [String], { nullable: true }) segments?: string[];
  @Field(() => Boolean, { nullable: true }) keyAccount?: boolean;
  @Field(() => ID, { nullable: true }) ownerId?: string | null;
  @Field(() => [DealRefInput], { nullable: true }) externalRefs?: DealRefInput[];
  @Field(() => JsonScalar, { nullable: true }) attributes?: unknown;
  @Field(() => [ClientContactInput], {
    nullable: true,
    description: 'All contacts in their order, the main one first.',
  })
  contacts?: ClientContactInput[];
}

@InputType()
export class CreateClientInput extends ClientFieldsInput {
  @Field() name: string;
}

@InputType()
export class EditClientInput extends ClientFieldsInput {
  @Field(() => Int) version: number;
  @Field(() => String, { nullable: true }) name?: string;
}
