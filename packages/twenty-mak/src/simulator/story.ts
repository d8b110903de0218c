import { HOUR, MINUTE } from 'twenty-mak-domain';
import type { Instant, JsonObject } from 'twenty-mak-domain';
import type { Company, Contact } from './companies.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { afterWork } from './working-time.ts';

/** A system that takes part in a deal. */
export type System =
  | 'crm'
  | 'mediapush'
  | 'traffic'
  | 'docflow'
  | 'legal'
  | 'dcm'
  | 'task-tracker'
  | 'dwh';

/** A fact of the story, before it is sent by anybody. */
export interface Fact {
  readonly system: System;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly data: JsonObject;
}

/** Who works on the deal, by what they do in it. */
export type Team = Readonly<Record<string, Person>>;

export interface DealPlan {
  readonly index: number;
  readonly name: string;
  readonly company: Company;
  readonly contact: Contact;
  readonly owner: Person;
  readonly team: Team;
  /** Minor units. */
  readonly amount: number;
}

/** Some systems write the short names of the process description, most write the long ones. */
const SHORT: ReadonlySet<string> = new Set([
  'crm.lead.qualified',
  'crm.brief.submitted',
  'media.mediaplan.ready',
  'crm.offer.approved',
  'docflow.contract.signed',
  'mediapush.campaign.started',
  'dcm.invoice.issued',
  'dcm.closeout.completed',
]);

/** What happens to one deal, told in order: `pass` lets time go by, `tell` says what happened then. */
export class Story {
  readonly facts: Fact[] = [];
  readonly plan: DealPlan;
  readonly random: Random;
  now: Instant;
  private readonly shortNames: boolean;

  constructor(plan: DealPlan, random: Random, begin: Instant) {
    this.plan = plan;
    this.random = random;
    this.now = begin;
    this.shortNames = random.chance(0.1);
  }

  tell(system: System, type: string, data: JsonObject = {}): void {
    const spelling = this.shortNames && SHORT.has(type) ? type.slice(type.indexOf('.') + 1) : type;
    this.facts.push({ system, type: spelling, occurredAt: this.now, data });
  }

  /** The local status of the deal in one system, told by that system. */
  enter(system: System, stage: string): void {
    this.tell(system, 'domain.stage.changed', { system, stage });
  }

  /** People work on it: time passes while the office is open. */
  work(medianHours: number, spread: number): void {
    this.now = afterWork(this.now, this.random.logNormal(medianHours, spread) * HOUR);
  }

  /** Campaigns and clients do not look at office hours. */
  wait(medianHours: number, spread: number): void {
    this.now += Math.round(this.random.logNormal(medianHours, spread) * HOUR);
  }

  /** The next click of the same person. */
  moment(): void {
    this.now += Math.round(this.random.between(0.2, 9) * MINUTE);
  }
}
