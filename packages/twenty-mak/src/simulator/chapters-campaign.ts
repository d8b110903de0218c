import { DAY } from 'twenty-mak-domain';
import { afterWork } from './working-time.ts';
import type { Story } from './story.ts';

/** The campaign is set up and goes on air. */
export function launch(story: Story): boolean {
  const { random } = story;
  story.work(2, 2);
  story.enter('mediapush', 'pending_start');
  // Creatives come late.
  if (random.chance(0.2)) story.wait(24 * 8, 1.6);
  story.work(3.5, 3);
  story.tell('mediapush', 'mediapush.campaign.started', { creatives: random.int(1, 30) });
  story.moment();
  story.enter('mediapush', 'active');
  story.enter('traffic', 'running');
  if (random.chance(0.06)) {
    story.work(4, 2);
    story.tell('mediapush', 'mediapush.campaign.aborted', { reason: 'a creative was refused' });
    story.enter('mediapush', 'pending_start');
    story.work(8, 2);
    story.tell('mediapush', 'mediapush.campaign.started', { creatives: random.int(1, 30) });
    story.enter('mediapush', 'active');
  }
  return true;
}

/** Weeks on air with a report every Monday morning; somebody else may take the deal over meanwhile. */
export function run(story: Story): boolean {
  const { plan, random } = story;
  const weeks = random.int(1, 5);
  const spend = plan.amount / weeks;
  for (let week = 1; week <= weeks; week += 1) {
    story.now += 7 * DAY;
    const impressions = random.int(5_000, 900_000);
    story.tell('dwh', 'kpi.reported', {
      week,
      impressions,
      clicks: Math.round(impressions * random.between(0.001, 0.02)),
      spend: Math.round(spend * random.between(0.8, 1.1)),
      currency: plan.company.currency,
    });
    if (week === 1 && random.chance(0.08)) {
      const successor = plan.team['account'];
      if (successor !== undefined)
        story.tell('crm', 'deal.owner.changed', { owner_id: successor.id });
    }
  }
  return true;
}

/** Acts and invoices, the closing of the books, and the question how it was. */
export function closeOut(story: Story): boolean {
  const { plan, random } = story;
  story.now = afterWork(story.now, 0);
  story.enter('dcm', 'billing');
  story.work(6, 2);
  story.tell('dcm', 'dcm.invoice.issued', {
    number: `I-${plan.index + 1}`,
    amount: plan.amount,
    currency: plan.company.currency,
  });
  story.moment();
  story.enter('dcm', 'invoice_issued');
  if (random.chance(0.07)) {
    story.work(5, 2);
    story.tell('dcm', 'dcm.invoice.cancelled', { reason: 'wrong address' });
    story.work(4, 2);
    story.tell('dcm', 'dcm.invoice.issued', { number: `I-${plan.index + 1}/2` });
  }
  story.work(10, 2);
  story.enter('docflow', 'act_preparation');
  story.work(12, 2.2);
  story.tell('dcm', 'dcm.closeout.completed', {});
  story.moment();
  story.enter('crm', 'completed');
  story.enter('dcm', 'closed');
  if (random.chance(0.6)) {
    story.wait(60, 2);
    story.tell('dwh', 'nps.answered', {
      score: random.weighted([
        [10, 4],
        [9, 4],
        [8, 3],
        [6, 2],
        [3, 1],
      ]),
      stage: 'closed',
    });
  }
  return true;
}
