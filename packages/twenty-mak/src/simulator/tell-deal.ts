import type { Instant } from 'twenty-mak-domain';
import { closeOut, launch, run } from './chapters-campaign.ts';
import { brief, contract, lead, lose, offer, reopen } from './chapters-sale.ts';
import type { Chapter } from './chapters-sale.ts';
import { amountOf, companyCount, companyOf } from './companies.ts';
import { NAMES } from './names.ts';
import type { Person, Staff } from './people.ts';
import { Random } from './random.ts';
import { Story } from './story.ts';
import type { DealPlan } from './story.ts';

const CHAPTERS: readonly Chapter[] = [lead, brief, offer, contract, launch, run, closeOut];
/** Of the lost deals these come back. */
const REOPENED = 0.1;

/** What a deal is told in. */
export interface World {
  readonly seed: string;
  readonly staff: Staff;
  readonly clients: Clients;
}

/** Who may order: the clients of a simulation of that seed and size. */
export interface Clients {
  readonly seed: string;
  readonly deals: number;
}

/** The story of deal number `index` from its first moment, until it ends or `until` is passed. */
export function tellDeal(world: World, index: number, begin: Instant, until: Instant): Story {
  const random = new Random(`${world.seed}/deal/${index}`);
  const story = new Story(planDeal(world, index, random), random, begin);
  let reopened = false;
  for (let chapter = 0; chapter < CHAPTERS.length && story.now <= until; chapter += 1) {
    if (CHAPTERS[chapter]?.(story) === true) continue;
    const revoked = story.facts.at(-1)?.type === 'contract.revoked';
    if (!revoked) lose(story);
    if (reopened || !random.chance(REOPENED)) break;
    reopened = true;
    reopen(story);
    // What failed is tried again, except that a lead comes in only once.
    if (chapter > 0) chapter -= 1;
  }
  return story;
}

function planDeal({ staff, clients }: World, index: number, random: Random): DealPlan {
  const companies = companyCount(clients.deals);
  // Some clients order again and again, most order once.
  const company = companyOf(clients.seed, Math.floor(companies * random.next() ** 2));
  const sales = random.pick(staff.byFunction.sales);
  const ownerOf = (people: readonly Person[]): Person =>
    people.length === 0 ? sales : random.pick(people);
  const owner = random.weighted([
    [sales, 80],
    [ownerOf(staff.partners), 12],
    [ownerOf(staff.franchisees), 8],
  ]);
  const team: Record<string, Person> = { sales };
  for (const [role, people] of Object.entries(staff.byFunction))
    if (role !== 'sales' && people.length > 0) team[role] = random.pick(people);
  return {
    index,
    name: `${company.name}: ${random.pick(NAMES[company.locale].campaigns)}`,
    company,
    contact: random.pick(company.contacts),
    owner,
    team,
    amount: amountOf(random, company),
  };
}
