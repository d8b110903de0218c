import type { PipelineDefinition, RuleDefinition, StageDefinition } from '../definition.ts';

const stages = {
  draft: {
    key: 'draft',
    title: 'Draft',
    businessStage: 'Lead Imported',
    businessStageWhen: [
      {
        when: 'gates.qualified',
        businessStage: 'Lead Qualified (ICP/BANT)',
        responsible: 'sales',
      },
    ],
    color: 'gray',
    responsible: 'pre-sales',
    roles: ['pre-sales', 'sales'],
    systems: ['crm'],
  },
  briefed: {
    key: 'briefed',
    title: 'Briefed',
    businessStage: 'Brief Received',
    color: 'sky',
    responsible: 'sales',
    roles: ['sales', 'account'],
    systems: ['crm', 'task-tracker'],
  },
  planning: {
    key: 'planning',
    title: 'Planning',
    businessStage: 'Media Planning',
    color: 'blue',
    responsible: 'account',
    roles: ['account', 'traffic'],
    systems: ['mediapush', 'task-tracker'],
  },
  offer_ready: {
    key: 'offer_ready',
    title: 'Offer ready',
    businessStage: 'Offer Formed',
    color: 'turquoise',
    responsible: 'sales',
    roles: ['sales', 'account'],
    systems: ['crm', 'mediapush'],
  },
  contracting: {
    key: 'contracting',
    title: 'Contracting',
    businessStage: 'Contracting',
    color: 'purple',
    responsible: 'sales',
    roles: ['sales', 'legal', 'docflow'],
    systems: ['docflow', 'legal'],
  },
  launching: {
    key: 'launching',
    title: 'Launching',
    businessStage: 'Campaign Launching',
    color: 'yellow',
    responsible: 'account',
    roles: ['account', 'traffic'],
    systems: ['mediapush'],
  },
  running: {
    key: 'running',
    title: 'Running',
    businessStage: 'Running',
    color: 'orange',
    responsible: 'account',
    roles: ['account', 'mediapush'],
    systems: ['mediapush'],
  },
  closing: {
    key: 'closing',
    title: 'Closing',
    businessStage: 'Closing',
    color: 'pink',
    responsible: 'dcm',
    roles: ['dcm', 'docflow'],
    systems: ['dcm'],
  },
  closed: {
    key: 'closed',
    title: 'Closed',
    kind: 'won',
    businessStage: 'Post Analysis',
    color: 'green',
    responsible: 'dwh',
    roles: ['dwh', 'quality-control'],
    systems: ['dwh'],
  },
} satisfies Record<string, StageDefinition>;

/** All that both rule sets share. */
const common = {
  gates: [
    { key: 'qualified', title: 'Lead is qualified', code: 'G0' },
    { key: 'has_brief', title: 'Brief is received', code: 'G1' },
    { key: 'mediaplan_ready', title: 'Media plan is ready', code: 'G2' },
    {
      key: 'offer_approved',
      title: 'Offer is approved',
      code: 'G3',
      announces: 'offer.approved',
    },
    { key: 'contract_signed', title: 'Contract is signed', code: 'G4' },
    { key: 'campaign_started', title: 'Campaign has started', code: 'G5' },
    {
      key: 'invoice_issued',
      title: 'Invoice is issued',
      code: 'G6',
      announces: 'billing.ready',
    },
    { key: 'closeout_completed', title: 'Closeout is completed', code: 'G7' },
  ],
  domains: {
    crm: ['new', 'brief_collected', 'offer_approved', 'completed', 'lost'],
    mediapush: ['in_planning', 'plan_ready', 'pending_start', 'active'],
    traffic: ['running'],
    docflow: ['contract_in_sign', 'signed', 'act_preparation'],
    legal: ['in_review', 'terminated'],
    dcm: ['billing', 'invoice_issued', 'closed'],
  },
  // The systems send the long spelling, the process description uses the short one.
  events: [
    { type: 'crm.deal.created', aliases: ['lead.created'], creates: true },
    { type: 'crm.lead.qualified', aliases: ['lead.qualified'], sets: ['qualified'] },
    { type: 'crm.lead.disqualified', aliases: ['lead.disqualified'], clears: ['qualified'] },
    { type: 'crm.brief.submitted', aliases: ['brief.submitted'], sets: ['has_brief'] },
    { type: 'crm.brief.withdrawn', aliases: ['brief.withdrawn'], clears: ['has_brief'] },
    { type: 'media.mediaplan.ready', aliases: ['mediaplan.ready'], sets: ['mediaplan_ready'] },
    {
      type: 'media.mediaplan.rejected',
      aliases: ['mediaplan.rejected'],
      clears: ['mediaplan_ready'],
    },
    { type: 'crm.offer.approved', aliases: ['offer.approved'], sets: ['offer_approved'] },
    { type: 'crm.offer.rejected', aliases: ['offer.rejected'], clears: ['offer_approved'] },
    { type: 'docflow.contract.signed', aliases: ['contract.signed'], sets: ['contract_signed'] },
    {
      type: 'mediapush.campaign.started',
      aliases: ['campaign.started'],
      sets: ['campaign_started'],
    },
    {
      type: 'mediapush.campaign.aborted',
      aliases: ['campaign.aborted'],
      clears: ['campaign_started'],
    },
    { type: 'dcm.invoice.issued', aliases: ['invoice.issued'], sets: ['invoice_issued'] },
    { type: 'dcm.invoice.cancelled', aliases: ['invoice.cancelled'], clears: ['invoice_issued'] },
    {
      type: 'dcm.closeout.completed',
      aliases: ['closeout.completed'],
      sets: ['closeout_completed'],
    },
    { type: 'contract.revoked', aliases: ['docflow.contract.revoked'], ends: 'cancelled' },
    { type: 'crm.deal.lost', aliases: ['deal.lost'], ends: 'cancelled' },
  ],
  knownTypes: ['kpi.reported', 'nps.answered'],
  endings: [{ key: 'cancelled', title: 'Cancelled', outcome: 'lost', color: 'red' }],
  timers: [
    {
      key: 'lead_to_brief',
      title: 'Lead to brief',
      start: 'created',
      stop: 'gates.has_brief',
      target: { amount: 8, unit: 'hours' },
      accountable: ['crm'],
    },
    {
      key: 'brief_to_offer',
      title: 'Brief to offer',
      start: 'gates.has_brief',
      stop: 'gates.mediaplan_ready && gates.offer_approved',
      target: { amount: 2, unit: 'days' },
      accountable: ['mediapush'],
    },
    {
      key: 'offer_to_contract',
      title: 'Offer to contract',
      start: 'gates.mediaplan_ready && gates.offer_approved',
      stop: 'gates.contract_signed',
      target: { amount: 3, unit: 'days' },
      accountable: ['legal', 'docflow'],
    },
    {
      key: 'contract_to_launch',
      title: 'Contract to launch',
      start: 'gates.contract_signed',
      stop: 'gates.campaign_started',
      target: { amount: 2, unit: 'days' },
      accountable: ['mediapush'],
    },
    {
      key: 'launch_to_close',
      title: 'Launch to close',
      start: 'gates.campaign_started',
      stop: 'gates.closeout_completed',
      target: { amount: 30, unit: 'days' },
      accountable: ['dcm', 'dwh'],
    },
  ],
} satisfies Partial<PipelineDefinition>;

const lifecycle: readonly RuleDefinition[] = [
  { stage: 'closed', when: 'gates.closeout_completed' },
  { stage: 'closing', when: 'gates.campaign_started && gates.invoice_issued' },
  { stage: 'running', when: 'gates.campaign_started' },
  { stage: 'launching', when: 'gates.contract_signed' },
  {
    stage: 'contracting',
    when: 'gates.mediaplan_ready && gates.offer_approved && (domains.docflow == "contract_in_sign" || domains.legal == "in_review")',
  },
  { stage: 'offer_ready', when: 'gates.mediaplan_ready && gates.offer_approved' },
  {
    stage: 'planning',
    when: 'gates.has_brief && (gates.mediaplan_ready || domains.mediapush == "in_planning")',
  },
  { stage: 'briefed', when: 'gates.has_brief' },
];

const canonicalCase: readonly RuleDefinition[] = [
  { stage: 'closed', when: 'gates.closeout_completed' },
  { stage: 'closing', when: 'gates.invoice_issued && gates.campaign_started' },
  { stage: 'running', when: 'gates.campaign_started' },
  { stage: 'contracting', when: 'gates.contract_signed' },
  { stage: 'offer_ready', when: 'gates.offer_approved && gates.mediaplan_ready' },
  { stage: 'briefed', when: 'gates.has_brief' },
];

/** Advertising sales, rule set `lifecycle`: domain stages tell apart what gates alone cannot. */
export const adtech: PipelineDefinition = {
  ...common,
  key: 'adtech',
  title: 'Advertising sales',
  stages: Object.values(stages),
  rules: lifecycle,
};

/**
 * The same facts under the rule set `canonical-case`. A signed contract is `contracting` here, and nothing gives
 * `planning` or `launching`; so the board has neither.
 */
export const adtechCanonicalCase: PipelineDefinition = {
  ...common,
  key: 'adtech-canonical-case',
  title: 'Advertising sales (canonical case)',
  stages: [
    stages.draft,
    stages.briefed,
    stages.offer_ready,
    stages.contracting,
    stages.running,
    stages.closing,
    stages.closed,
  ],
  rules: canonicalCase,
};
