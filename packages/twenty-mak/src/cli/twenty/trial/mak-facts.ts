import type { Person } from '../../../simulator/index.ts';
import { contactOf, instant } from './facts.ts';
import type { DealFacts, RunFacts } from './facts.ts';

/** A deal as MaK's GraphQL gives it. */
export interface DealNode {
  readonly id: string;
  readonly name: string | null;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly ownerId: string | null;
  readonly stage: string;
  readonly businessStage: string | null;
  readonly stageStartedAt: string;
  readonly heldGates: readonly string[];
  readonly missingGates: readonly string[];
  readonly slaDueAt: string | null;
  readonly outcome: string | null;
  readonly closedAt: string | null;
  readonly attributes: { readonly contact_id?: unknown };
  readonly client: {
    readonly kind: string;
    readonly contacts: readonly {
      readonly id: string;
      readonly name: string | null;
      readonly position: string | null;
    }[];
  } | null;
  readonly externalRefs: readonly { readonly system: string; readonly id: string }[];
  readonly slaRuns: readonly {
    readonly title: string | null;
    readonly timer: string;
    readonly status: string;
    readonly openedAt: string;
    readonly dueAt: string;
    readonly closedAt: string | null;
  }[];
}

const OPPORTUNITY = 'twenty.opportunity';
export const DEAL_FIELDS = `id name amount currency ownerId stage businessStage stageStartedAt heldGates missingGates slaDueAt
  outcome closedAt attributes client { kind contacts { id name position } } externalRefs { system id }
  slaRuns { title timer status openedAt dueAt closedAt }`;

/** What MaK tells of a deal; `ourCurrency` is the company's. */
export function factsOf(
  node: DealNode,
  people: readonly Pick<Person, 'id' | 'email'>[],
  ourCurrency: string,
): DealFacts {
  const owner = people.find(({ id }) => id === node.ownerId)?.email ?? null;
  const runs = node.slaRuns.map((run): RunFacts => ({
    name: run.title ?? run.timer,
    status: run.status.toUpperCase(),
    opened: instant(run.openedAt),
    due: instant(run.dueAt),
    closed: instant(run.closedAt),
  }));
  const isOverdue = runs.some(({ status, closed }) => status === 'BREACHED' && closed === null);
  return {
    name: node.name ?? '',
    amount: node.amount,
    currency: node.amount === null ? null : (node.currency ?? ourCurrency),
    owner,
    contact: contactOfDeal(node),
    opportunity: node.externalRefs.find(({ system }) => system === OPPORTUNITY)?.id ?? null,
    stage: node.stage,
    'business stage': node.businessStage ?? '',
    'stage since': instant(node.stageStartedAt),
    gates: node.heldGates.toSorted().join(' '),
    'missing gates': node.missingGates.toSorted().join(' '),
    sla: isOverdue ? 'BREACHED' : node.slaDueAt === null ? null : 'ON_TIME',
    due: instant(node.slaDueAt),
    outcome: node.outcome?.toUpperCase() ?? null,
    closed: instant(node.closedAt),
    runs,
  };
}

/** Where the client is a person, the deal need not name whom one speaks with. */
function contactOfDeal({ client, attributes }: DealNode): string | null {
  const contacts = client?.contacts ?? [];
  const named = contacts.find(({ id }) => id === attributes.contact_id);
  const contact = named ?? (client?.kind === 'person' ? contacts[0] : undefined);
  return contact === undefined ? null : contactOf(contact.name ?? '', contact.position ?? '');
}
