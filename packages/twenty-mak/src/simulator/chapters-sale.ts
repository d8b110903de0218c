import { NAMES } from './names.ts';
import { FUNCTIONS } from './people.ts';
import type { Story } from './story.ts';

/** A chapter tells a part of the story. False: the deal is not won, and the story may end here. */
export type Chapter = (story: Story) => boolean;

const SOURCES = ['website', 'referral', 'cold call', 'event', 'partner', 'returning client'];

/** The lead comes in and is looked at. */
export function lead(story: Story): boolean {
  const { plan, random } = story;
  const { company, contact, owner, team } = plan;
  story.tell('crm', 'crm.deal.created', {
    pipeline: 'adtech',
    name: plan.name,
    client_id: company.id,
    amount: plan.amount,
    currency: company.currency,
    owner_id: owner.id,
    responsible: Object.fromEntries(
      FUNCTIONS.flatMap((role) => {
        const person = team[role];
        return person === undefined ? [] : [[role, person.id] as const];
      }),
    ),
    attributes: {
      client_name: company.name,
      client_size: company.size,
      client_type: company.type,
      industry: company.industry,
      key_account: company.isKeyAccount,
      lead_source: random.pick(SOURCES),
    },
    contact: { ...contact },
  });
  story.moment();
  story.enter('crm', 'new');
  story.work(0.25, 2.5);
  story.tell('crm', 'crm.call.logged', { minutes: random.int(1, 25) });
  story.moment();
  if (random.chance(0.92)) story.tell('crm', 'crm.lead.qualified', { score: random.int(60, 98) });
  if (random.chance(0.05)) {
    story.work(5, 2);
    story.tell('crm', 'crm.lead.disqualified', { reason: 'no budget this year' });
    return random.chance(0.3);
  }
  return random.chance(0.86);
}

/** What the client wants is written down. */
export function brief(story: Story): boolean {
  const { random } = story;
  story.work(0.8, 3.2);
  story.tell('crm', 'crm.brief.submitted', { pages: random.int(1, 12) });
  story.moment();
  story.enter('crm', 'brief_collected');
  story.tell('task-tracker', 'task.created', { title: 'media plan' });
  if (random.chance(0.06)) {
    story.work(5, 2);
    story.tell('crm', 'crm.brief.withdrawn', { reason: 'the goal has changed' });
    story.work(9, 2);
    story.tell('crm', 'crm.brief.submitted', { pages: random.int(1, 12) });
  }
  return random.chance(0.92);
}

/** A media plan, and an offer that both sides accept. */
export function offer(story: Story): boolean {
  const { plan, random } = story;
  story.work(0.8, 2.4);
  story.enter('mediapush', 'in_planning');
  if (random.chance(0.25)) note(story);
  // The client is on holiday, or thinks it over.
  if (random.chance(0.08)) story.wait(24 * 8, 1.8);
  story.work(3, 2.2);
  story.tell('mediapush', 'media.mediaplan.ready', { channels: random.int(1, 6) });
  story.moment();
  story.enter('mediapush', 'plan_ready');
  if (random.chance(0.15)) {
    // The plan goes back and forth; the other system tells every step of it.
    story.work(2, 2);
    story.tell('mediapush', 'media.mediaplan.rejected', { reason: 'reach is too low' });
    story.enter('mediapush', 'in_planning');
    story.work(4, 2);
    story.tell('mediapush', 'media.mediaplan.ready', { channels: random.int(2, 8) });
    story.enter('mediapush', 'plan_ready');
  }
  story.tell('task-tracker', 'task.completed', { title: 'media plan' });
  story.work(1.8, 2.8);
  if (random.chance(0.3)) {
    const amount = Math.max(
      1_000,
      Math.round((plan.amount * random.between(0.8, 1.3)) / 1_000) * 1_000,
    );
    story.tell('crm', 'deal.updated', { amount });
    story.moment();
  }
  story.tell('crm', 'crm.offer.approved', { by: 'client' });
  story.moment();
  story.enter('crm', 'offer_approved');
  if (random.chance(0.07)) {
    story.work(4, 2);
    story.tell('crm', 'crm.offer.rejected', { reason: 'asks for a discount' });
    story.work(8, 2);
    story.tell('crm', 'crm.offer.approved', { by: 'client' });
  }
  return random.chance(0.9);
}

/** Lawyers read, both sides sign. False also when the contract is revoked. */
export function contract(story: Story): boolean {
  const { random } = story;
  story.work(1, 2.6);
  if (random.chance(0.8)) {
    story.enter('legal', 'in_review');
    story.work(3, 2.2);
  }
  story.enter('docflow', 'contract_in_sign');
  if (random.chance(0.1)) {
    story.work(3, 2);
    story.enter('docflow', 'draft');
    story.enter('legal', 'in_review');
    story.work(4, 2);
    story.enter('docflow', 'contract_in_sign');
  }
  story.work(5, 2.6);
  if (random.chance(0.05)) return false;
  // Now and then a campaign starts on a word that was given, and the paper never comes.
  if (random.chance(0.03)) return true;
  story.tell('docflow', 'docflow.contract.signed', { number: `C-${story.plan.index + 1}` });
  story.moment();
  story.enter('docflow', 'signed');
  if (random.chance(0.03)) {
    story.work(10, 2);
    story.enter('legal', 'terminated');
    story.tell('docflow', 'contract.revoked', { reason: 'terminated by the client' });
    return false;
  }
  return true;
}

/** The deal is lost after weeks of silence, which is why boards are full of deals that nobody moves. */
export function lose(story: Story): void {
  const { random, plan } = story;
  const reason = random.pick(NAMES[plan.company.locale].lossReasons);
  story.wait(24 * 16, 2);
  story.work(1, 2);
  story.tell('crm', 'crm.deal.lost', { reason });
  story.moment();
  story.enter('crm', 'lost');
}

/** The client comes back. */
export function reopen(story: Story): void {
  story.wait(24 * 12, 2);
  story.work(1, 2);
  story.tell('crm', 'deal.reopened', { reason: 'the client came back' });
  story.moment();
  story.enter('crm', 'new');
}

function note(story: Story): void {
  const { plan, random } = story;
  story.tell('crm', 'deal.note.added', {
    text: random.pick(NAMES[plan.company.locale].notes),
    author: plan.owner.id,
  });
}
