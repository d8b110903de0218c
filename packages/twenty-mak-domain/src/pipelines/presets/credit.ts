import type { EventMapping, PipelineDefinition } from '../definition.ts';

/** The log writes an activity when it is scheduled, started and completed; only the last is a fact. */
function completed(type: string, effect: Omit<EventMapping, 'type' | 'where'>): EventMapping {
  return { type, where: { 'lifecycle:transition': 'COMPLETE' }, ...effect };
}

/** Loan brokerage; activities are those of the BPI Challenge 2012 log. */
export const credit: PipelineDefinition = {
  key: 'credit',
  title: 'Loan brokerage',
  gates: [
    { key: 'submitted', title: 'Application is submitted' },
    { key: 'preaccepted', title: 'Application is pre-accepted' },
    { key: 'accepted', title: 'Application is accepted' },
    { key: 'finalized', title: 'Application is finalized' },
    { key: 'offer_sent', title: 'Offer is sent' },
    { key: 'offer_returned', title: 'Signed offer is returned' },
    { key: 'approved', title: 'Loan is approved' },
    { key: 'disbursed', title: 'Loan is disbursed' },
  ],
  events: [
    completed('A_SUBMITTED', { creates: true, sets: ['submitted'] }),
    completed('A_PREACCEPTED', { sets: ['preaccepted'] }),
    completed('A_ACCEPTED', { sets: ['accepted'] }),
    completed('A_FINALIZED', { sets: ['finalized'] }),
    completed('O_SENT', { sets: ['offer_sent'] }),
    completed('O_SENT_BACK', { sets: ['offer_returned'] }),
    completed('O_CANCELLED', { clears: ['offer_sent', 'offer_returned'] }),
    completed('A_APPROVED', { sets: ['approved'] }),
    completed('A_ACTIVATED', { sets: ['disbursed'] }),
    completed('A_DECLINED', { ends: 'declined' }),
    completed('A_CANCELLED', { ends: 'cancelled' }),
  ],
  stages: [
    { key: 'draft', title: 'Draft', color: 'gray' },
    { key: 'submitted', title: 'Submitted', color: 'sky' },
    { key: 'preaccepted', title: 'Pre-accepted', color: 'blue' },
    { key: 'processing', title: 'Processing', color: 'turquoise' },
    { key: 'offer', title: 'Offer', color: 'purple' },
    { key: 'validating', title: 'Validating', color: 'yellow' },
    { key: 'approved', title: 'Approved', color: 'orange' },
    { key: 'disbursed', title: 'Disbursed', kind: 'won', color: 'green' },
  ],
  endings: [
    { key: 'declined', title: 'Declined', outcome: 'lost', color: 'red' },
    { key: 'cancelled', title: 'Cancelled', outcome: 'lost', color: 'red' },
  ],
  rules: [
    { stage: 'disbursed', when: 'gates.disbursed' },
    { stage: 'approved', when: 'gates.approved' },
    { stage: 'validating', when: 'gates.offer_returned' },
    { stage: 'offer', when: 'gates.offer_sent' },
    { stage: 'processing', when: 'gates.accepted' },
    { stage: 'preaccepted', when: 'gates.preaccepted' },
    { stage: 'submitted', when: 'gates.submitted' },
  ],
  timers: [
    {
      key: 'submit_to_accept',
      title: 'Submission to acceptance',
      start: 'gates.submitted',
      stop: 'gates.accepted',
      target: { amount: 24, unit: 'hours' },
    },
    {
      key: 'offer_to_return',
      title: 'Offer to return',
      start: 'gates.offer_sent',
      stop: 'gates.offer_returned || gates.approved || gates.disbursed',
      target: { amount: 14, unit: 'days' },
    },
    {
      key: 'return_to_decision',
      title: 'Return to decision',
      start: 'gates.offer_returned',
      stop: 'gates.approved',
      target: { amount: 72, unit: 'hours' },
    },
  ],
};
