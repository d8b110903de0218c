import { MARKER } from './world.ts';
import type { World } from './world.ts';

export interface GraphqlRecipe {
  readonly kind: 'theirs' | 'own' | 'subscription';
  readonly document: (world: World) => string;
  /** Answers every credential of a tenant, also without scopes. */
  readonly needsNoScope?: true;
}

const theirs = (document: (world: World) => string): GraphqlRecipe => ({
  kind: 'theirs',
  document,
});
const own = (document: string): GraphqlRecipe => ({ kind: 'own', document: () => document });

/** One recipe for every query, mutation and subscription. A new one needs a new line here, else the test fails. */
export const GRAPHQL: Readonly<Record<string, GraphqlRecipe>> = {
  tenant: { ...own('{ tenant { id name } }'), needsNoScope: true },
  updateTenant: own('mutation { updateTenant(input: { version: 1, name: "Renamed" }) { id } }'),
  me: { ...own('{ me { account { id name } permissions totp } }'), needsNoScope: true },
  // A partner may change itself; nobody else has anything of it.
  updateMe: { ...own('mutation { updateMe(locale: "nowhere") { id } }'), needsNoScope: true },
  accounts: own('{ accounts { items { id name } } }'),
  account: theirs(({ account }) => `{ account(id: "${account}") { id name } }`),
  inviteAccount: own(
    'mutation { inviteAccount(input: { email: "new@example.com", name: "New", role: guest }) { account { id } } }',
  ),
  renewInvitation: theirs(
    ({ invited }) => `mutation { renewInvitation(accountId: "${invited}") { account { name } } }`,
  ),
  updateAccount: theirs(
    ({ account }) =>
      `mutation { updateAccount(id: "${account}", input: { version: 1, name: "Taken" }) { name } }`,
  ),
  registrations: own('{ registrations { items { id name email city } } }'),
  decideRegistration: theirs(
    ({ registration }) => `mutation { decideRegistration(id: "${registration}",
      input: { decision: "reject", version: 1, reason: "Taken" }) { registration { name } } }`,
  ),
  cabinetOverview: {
    ...own('{ cabinetOverview { deals { total stages { stage deals } } leads { total } } }'),
    needsNoScope: true,
  },
  companies: own('{ companies { items { accountId companyName } } }'),
  companyProfile: theirs(
    ({ company }) => `{ companyProfile(companyId: "${company}") { accountId companyName } }`,
  ),
  editCompanyProfile: theirs(
    ({ company }) => `mutation { editCompanyProfile(companyId: "${company}",
      input: { version: 0, companyName: "Taken" }) { companyName } }`,
  ),
  staff: theirs(({ company }) => `{ staff(companyId: "${company}") { id name email } }`),
  inviteStaff: theirs(
    ({ company }) => `mutation { inviteStaff(input: { companyId: "${company}",
      email: "taken@example.com", name: "Taken" }) { account { id } } }`,
  ),
  renewStaffInvitation: theirs(
    ({ staff, company }) => `mutation {
      renewStaffInvitation(accountId: "${staff}", companyId: "${company}") { account { name } } }`,
  ),
  editStaff: theirs(
    ({ staff, company }) => `mutation { editStaff(id: "${staff}",
      input: { companyId: "${company}", version: 1, name: "Taken" }) { name } }`,
  ),
  roles: own('{ roles { role version } }'),
  updateRole: own(
    'mutation { updateRole(role: guest, permissions: ["deals:read"], version: 9) { role } }',
  ),
  views: own('{ views { id name } }'),
  createView: own(
    'mutation { createView(input: { kind: board, name: "Mine", definition: { filter: { nothing: 1 } } }) { id } }',
  ),
  updateView: theirs(
    ({ view }) =>
      `mutation { updateView(id: "${view}", input: { version: 1, name: "Taken" }) { name } }`,
  ),
  deleteView: theirs(({ view }) => `mutation { deleteView(id: "${view}") }`),
  exchangeRates: own('{ exchangeRates { items { base rate } } }'),
  setExchangeRates: own(
    'mutation { setExchangeRates(rates: [{ base: "USD", day: "2026-01-01", rate: "2" }]) { base } }',
  ),
  deleteExchangeRate: own(
    'mutation { deleteExchangeRate(base: "USD", quote: "EUR", day: "2026-01-01") }',
  ),
  connectors: own('{ connectors { key state settings health { pending } } }'),
  connector: theirs(() => '{ connector(key: "outer") { key settings } }'),
  setConnector: own(
    'mutation { setConnector(key: "outer", input: { version: 9, settings: { address: "taken" }, secrets: { key: "taken" } }) { state } }',
  ),
  disconnectConnector: theirs(() => 'mutation { disconnectConnector(key: "outer") }'),
  pauseConnector: theirs(() => 'mutation { pauseConnector(key: "outer", version: 1) { state } }'),
  resumeConnector: theirs(() => 'mutation { resumeConnector(key: "outer", version: 1) { state } }'),
  resyncConnector: theirs(() => 'mutation { resyncConnector(key: "outer") { state } }'),
  connectorDeadLetters: theirs(
    () => '{ connectorDeadLetters(key: "outer") { items { key refusal { reason } } } }',
  ),
  replayConnectorDeadLetters: theirs(() => 'mutation { replayConnectorDeadLetters(key: "outer") }'),
  dropConnectorDeadLetters: theirs(() => 'mutation { dropConnectorDeadLetters(key: "outer") }'),
  connectorMessages: theirs(
    () => '{ connectorMessages(key: "outer") { items { id untold told { entity remoteId } } } }',
  ),
  connectorJournal: theirs(() => '{ connectorJournal(key: "outer") { items { detail } } }'),
  connectorConflicts: theirs(() => '{ connectorConflicts(key: "outer") { items { mak remote } } }'),
  decideConnectorConflict: theirs(
    ({ conflict }) =>
      `mutation { decideConnectorConflict(key: "outer", id: "${conflict}", winner: mak) { mak } }`,
  ),
  connectorStatuses: theirs(() => '{ connectorStatuses(key: "outer") { status title pipeline } }'),
  connectorOptions: theirs(() => '{ connectorOptions(key: "outer") { setting value title } }'),
  connectorDivergences: theirs(
    () => '{ connectorDivergences(key: "outer") { items { localId remoteId } } }',
  ),
  twentyWorkspace: own('{ twentyWorkspace { address workspaceId } }'),
  setTwentyWorkspace: {
    kind: 'own',
    document: ({ twentyWorkspace: id }) =>
      `mutation { setTwentyWorkspace(input: { version: 0, address: "https://crm.zebra-crossing.example", workspaceId: "${id}",
        applicationId: "${id}", newcomerRole: guest, enabled: true }) { address } }`,
  },
  twentyUsers: own('{ twentyUsers { items { accountId name } } }'),
  releaseTwentyUser: theirs(
    ({ account }) => `mutation { releaseTwentyUser(accountId: "${account}") }`,
  ),
  apiClients: own('{ apiClients { items { id name } } }'),
  createApiClient: own(
    'mutation { createApiClient(input: { name: "New", scopes: ["deals:read"] }) { secret } }',
  ),
  revokeApiClient: theirs(({ client }) => `mutation { revokeApiClient(id: "${client}") { name } }`),
  auditEntries: own('{ auditEntries { items { id entityId detail } } }'),
  erasePerson: {
    kind: 'own',
    document: ({ email }) => `mutation { erasePerson(input: { email: "${email}" }) }`,
  },

  deal: theirs(({ deal }) => `{ deal(id: "${deal}") { id name } }`),
  deals: own('{ deals { nodes { id name } } }'),
  dealCounts: own('{ dealCounts { stage deals } }'),
  dealMatches: own('{ dealMatches { deals } }'),
  board: own(
    '{ board(groupBy: business, sort: "-amount") { columns { key total deals { nodes { id name } } } } }',
  ),
  dashboard: own(
    '{ dashboard { stages { stage deals } owners { ownerId deals breached } steps { timer runs running } bottlenecks { deals } nps { comments { dealId comment } } } }',
  ),
  createDeal: own('mutation { createDeal(input: { name: "Mine" }) { id } }'),
  editDeal: theirs(
    ({ deal }) =>
      `mutation { editDeal(id: "${deal}", input: { version: 1, name: "Taken" }) { id } }`,
  ),
  addDealNote: theirs(({ deal }) => `mutation { addDealNote(id: "${deal}", text: "x") { id } }`),
  recordDealFact: theirs(
    ({ deal }) =>
      `mutation { recordDealFact(id: "${deal}", fact: { type: "A_DECLINED",
        eventId: "018f0000-0000-7000-8000-000000000001"}) { id } }`,
  ),
  archiveDeal: theirs(({ deal }) => `mutation { archiveDeal(id: "${deal}", version: 1) { id } }`),
  reopenDeal: theirs(({ deal }) => `mutation { reopenDeal(id: "${deal}", version: 1) { id } }`),
  mergeDeals: theirs(
    ({ deal, otherDeal }) =>
      `mutation { mergeDeals(id: "${deal}", into: "${otherDeal}", version: 1) { id } }`,
  ),
  setDealOwners: theirs(
    ({ deal }) => `mutation { setDealOwners(id: "${deal}", ownerId: "me", version: 1) { id } }`,
  ),
  setDomainStage: theirs(
    ({ deal }) => `mutation { setDomainStage(id: "${deal}", system: "crm", stage: "lost") { id } }`,
  ),

  clients: own('{ clients { nodes { id name } } }'),
  client: theirs(({ client }) => `{ client(id: "${client}") { id name } }`),
  clientFacets: own('{ clientFacets { industries } }'),
  createClient: own('mutation { createClient(input: { name: "Mine" }) { id } }'),
  editClient: theirs(
    ({ client }) =>
      `mutation { editClient(id: "${client}", input: { version: 1, name: "Taken" }) { id } }`,
  ),
  clientSegments: own('{ clientSegments { id name filter size { records } } }'),
  createClientSegment: own(
    'mutation { createClientSegment(input: { name: "Mine", filter: { field: "nothing" } }) { id } }',
  ),
  editClientSegment: theirs(
    ({ clientSegment }) =>
      `mutation { editClientSegment(id: "${clientSegment}", version: 1, input: { name: "Taken" }) { id } }`,
  ),
  deleteClientSegment: theirs(
    ({ clientSegment }) => `mutation { deleteClientSegment(id: "${clientSegment}") }`,
  ),
  mergeClients: theirs(
    ({ client }) => `mutation {
      mergeClients(id: "${client}", version: 1, into: "${client}", intoVersion: 1) { id } }`,
  ),
  archiveClient: theirs(
    ({ client }) => `mutation { archiveClient(id: "${client}", version: 1) { id } }`,
  ),
  articles: own('{ articles { nodes { id sku name } } }'),
  article: theirs(
    ({ article }) => `{ article(id: "${article}") { sku name stocks { warehouse } } }`,
  ),
  createArticle: own('mutation { createArticle(input: { sku: "MY", name: "Mine" }) { id } }'),
  editArticle: theirs(
    ({ article }) =>
      `mutation { editArticle(id: "${article}", input: { version: 1, name: "Taken" }) { id } }`,
  ),
  archiveArticle: theirs(
    ({ article }) => `mutation { archiveArticle(id: "${article}", version: 1) { id } }`,
  ),
  countStocks: own(
    `mutation { countStocks(stocks: [{ sku: "${MARKER}", warehouse: "main", quantity: 0 }]) }`,
  ),
  orders: own('{ orders { nodes { id number comment } } }'),
  order: theirs(({ order }) => `{ order(id: "${order}") { number comment } }`),
  createOrder: own(
    'mutation { createOrder(input: { number: "MY", clientId: "nobody", currency: "EUR", lines: [] }) { id } }',
  ),
  editOrder: theirs(
    ({ order }) =>
      `mutation { editOrder(id: "${order}", input: { version: 1, comment: "Taken" }) { id } }`,
  ),
  moveOrder: theirs(
    ({ order }) => `mutation { moveOrder(id: "${order}", version: 1, status: done) { id } }`,
  ),
  addOrderPayment: theirs(
    ({ order }) =>
      `mutation { addOrderPayment(id: "${order}", version: 1, payment: { amount: 1 }) { id } }`,
  ),
  moveOrderPayment: theirs(
    ({ order, payment }) =>
      `mutation { moveOrderPayment(id: "${order}", paymentId: "${payment}", version: 1, state: cancelled) { id } }`,
  ),

  orderEvents: {
    kind: 'subscription',
    document: () => 'subscription { orderEvents { type orderId data } }',
  },
  contactEvents: {
    kind: 'subscription',
    document: () => 'subscription { contactEvents { type contactId data } }',
  },
  orderChanges: { kind: 'subscription', document: () => 'subscription { orderChanges { ids } }' },
  catalogueSync: {
    kind: 'own',
    document: ({ order }) =>
      `{ catalogueSync(kind: order, ids: ["${order}"]) { connector remoteId state } }`,
  },
  clientSync: {
    kind: 'own',
    document: ({ client }) =>
      `{ clientSync(ids: ["${client}"]) { connector recordId remoteId state } }`,
  },

  leads: own('{ leads { items { id title } } }'),
  leadCounts: own('{ leadCounts { status leads } }'),
  leadSettings: own('{ leadSettings { version } }'),
  saveLeadSettings: own(
    'mutation { saveLeadSettings(input: { version: 9, country: "PL" }) { version } }',
  ),
  lead: theirs(({ lead }) => `{ lead(id: "${lead}") { id title contact { name } } }`),
  createLead: own('mutation { createLead(input: { name: "Mine", source: "nowhere" }) { result } }'),
  editLead: theirs(
    ({ lead }) =>
      `mutation { editLead(id: "${lead}", input: { version: 1, name: "Taken" }) { id } }`,
  ),
  moveLead: theirs(
    ({ lead }) => `mutation { moveLead(id: "${lead}", status: "in_work", version: 1) { id } }`,
  ),
  commentLead: theirs(({ lead }) => `mutation { commentLead(id: "${lead}", text: "x") { id } }`),
  convertLead: theirs(
    ({ lead }) =>
      `mutation { convertLead(id: "${lead}", input: { version: 1, name: "Taken" }) { id } }`,
  ),
  checkLeadDuplicate: own('{ checkLeadDuplicate(input: { phones: ["none"] }) { exists } }'),
  leadPairsChanged: {
    kind: 'subscription',
    document: () => 'subscription { leadPairsChanged { open } }',
  },
  leadDuplicates: own('{ leadDuplicates { items { leadId } } }'),
  leadDuplicateCounts: own('{ leadDuplicateCounts { open later decided } }'),
  decideLeadPair: theirs(
    ({ lead }) =>
      `mutation { decideLeadPair(leadId: "${lead}", otherId: "${lead}", decision: different) { leadId } }`,
  ),
  mergeLeads: theirs(
    ({ lead }) =>
      `mutation { mergeLeads(leads: [{ id: "${lead}", version: 1 }, { id: "${lead}", version: 1 }]) { done } }`,
  ),
  segments: own('{ segments { id name filter size { records } } }'),
  createSegment: own(
    'mutation { createSegment(input: { name: "Mine", filter: { field: "nothing" } }) { id } }',
  ),
  editSegment: theirs(
    ({ segment }) =>
      `mutation { editSegment(id: "${segment}", version: 1, input: { name: "Taken" }) { id } }`,
  ),
  deleteSegment: theirs(({ segment }) => `mutation { deleteSegment(id: "${segment}") }`),
  recordLeadConsent: theirs(
    ({ lead }) =>
      `mutation { recordLeadConsent(id: "${lead}", input: { answer: given, evidence: "x" }) { id } }`,
  ),

  leadImports: own('{ leadImports { items { id fileName } } }'),
  leadImport: theirs(
    ({ leadImport: id }) =>
      `{ leadImport(id: "${id}") { fileName mapping { defaults columns { column } } } }`,
  ),
  leadImportPreview: theirs(
    ({ leadImport: id }) => `{ leadImportPreview(id: "${id}") { columns rows } }`,
  ),
  dryRunLeadImport: theirs(
    ({ leadImport: id }) => `mutation { dryRunLeadImport(id: "${id}") { fileName } }`,
  ),
  startLeadImport: theirs(
    ({ leadImport: id }) => `mutation { startLeadImport(id: "${id}") { fileName } }`,
  ),
  cancelLeadImport: theirs(
    ({ leadImport: id }) => `mutation { cancelLeadImport(id: "${id}") { fileName } }`,
  ),
  leadImportProfiles: own('{ leadImportProfiles { id name mapping { defaults } } }'),
  saveLeadImportProfile: own(
    `mutation { saveLeadImportProfile(name: "Mine",
      mapping: { columns: [{ column: "a", field: "name" }] }) { id } }`,
  ),
  deleteLeadImportProfile: theirs(
    ({ leadImportProfile: id }) => `mutation { deleteLeadImportProfile(id: "${id}") }`,
  ),
  clientImports: own('{ clientImports { items { id fileName } } }'),
  clientImport: theirs(
    ({ clientImport: id }) =>
      `{ clientImport(id: "${id}") { fileName mapping { defaults columns { column } } } }`,
  ),
  clientImportPreview: theirs(
    ({ clientImport: id }) => `{ clientImportPreview(id: "${id}") { columns rows } }`,
  ),
  dryRunClientImport: theirs(
    ({ clientImport: id }) => `mutation { dryRunClientImport(id: "${id}") { fileName } }`,
  ),
  startClientImport: theirs(
    ({ clientImport: id }) => `mutation { startClientImport(id: "${id}") { fileName } }`,
  ),
  cancelClientImport: theirs(
    ({ clientImport: id }) => `mutation { cancelClientImport(id: "${id}") { fileName } }`,
  ),
  clientImportProfiles: own('{ clientImportProfiles { id name mapping { defaults } } }'),
  saveClientImportProfile: own(
    `mutation { saveClientImportProfile(name: "Mine",
      mapping: { columns: [{ column: "a", field: "name" }] }) { id } }`,
  ),
  deleteClientImportProfile: theirs(
    ({ clientImportProfile: id }) => `mutation { deleteClientImportProfile(id: "${id}") }`,
  ),

  qualificationCards: own('{ qualificationCards { card threshold } }'),
  updateQualificationCard: own(
    'mutation { updateQualificationCard(card: bant, version: 1, weights: { budget: 1 }, threshold: 1) { card } }',
  ),
  answerQualification: theirs(
    ({ deal }) =>
      `mutation { answerQualification(dealId: "${deal}", card: bant, answers: { budget: 2 }) { id } }`,
  ),

  recordEvents: {
    kind: 'own',
    document: ({ deal }) =>
      `mutation { recordEvents(events: [{ eventId: "stolen-2", source: "bank", type: "A_DECLINED",
        occurredAt: "2026-01-06T10:00:00Z", masterDealId: "${deal}" }]) { status } }`,
  },
  eventRejections: own('{ eventRejections { items { id payload } } }'),
  dealChanges: {
    kind: 'subscription',
    document: () => 'subscription { dealChanges { ids } }',
  },
  masterDealEvents: {
    kind: 'subscription',
    document: ({ deal }) =>
      `subscription { masterDealEvents(dealId: "${deal}") { type masterDealId data } }`,
  },

  pipelines: own('{ pipelines { key title } }'),
  pipeline: theirs(({ pipeline }) => `{ pipeline(key: "${pipeline}") { key } }`),
  pipelineVersions: theirs(
    ({ pipeline }) => `{ pipelineVersions(key: "${pipeline}") { version } }`,
  ),
  pipelineVersion: theirs(
    ({ pipeline }) => `{ pipelineVersion(key: "${pipeline}", version: 1) { definition } }`,
  ),
  pipelineWhatIf: theirs(({ pipeline }) => `{ pipelineWhatIf(key: "${pipeline}") }`),
  verifyPipeline: theirs(
    ({ pipeline }) => `{ verifyPipeline(key: "${pipeline}") { publishable } }`,
  ),
  createPipeline: own('mutation { createPipeline(input: { preset: "adtech" }) { key } }'),
  savePipelineDraft: theirs(
    ({ pipeline }) =>
      `mutation { savePipelineDraft(key: "${pipeline}", version: 1, definition: {}) { key } }`,
  ),
  dropPipelineDraft: theirs(
    ({ pipeline }) => `mutation { dropPipelineDraft(key: "${pipeline}", version: 1) { key } }`,
  ),
  addPipelineStage: theirs(
    ({ pipeline }) => `mutation { addPipelineStage(key: "${pipeline}", version: 1,
      stage: { key: "taken", title: "Taken" }, when: "gates.submitted") { key } }`,
  ),
  renamePipelineStage: theirs(
    ({ pipeline }) => `mutation { renamePipelineStage(key: "${pipeline}", version: 1,
      stage: "offer", title: "Taken") { key } }`,
  ),
  reorderPipelineStages: theirs(
    ({ pipeline }) =>
      `mutation { reorderPipelineStages(key: "${pipeline}", version: 1, order: ["draft"]) { key } }`,
  ),
  deletePipelineStage: theirs(
    ({ pipeline }) => `mutation { deletePipelineStage(key: "${pipeline}", version: 1,
      stage: "offer", target: "approved") { key } }`,
  ),
  pipelineMigrations: theirs(({ pipeline }) => `{ pipelineMigrations(key: "${pipeline}") { id } }`),
  pipelineMigrationPreview: theirs(
    ({ pipeline }) => `{ pipelineMigrationPreview(key: "${pipeline}") }`,
  ),
  migratePipeline: theirs(
    ({ pipeline }) => `mutation { migratePipeline(key: "${pipeline}") { id } }`,
  ),
  publishPipeline: theirs(
    ({ pipeline }) => `mutation { publishPipeline(key: "${pipeline}", version: 1) { key } }`,
  ),
  archivePipeline: theirs(
    ({ pipeline }) => `mutation { archivePipeline(key: "${pipeline}", version: 1) { key } }`,
  ),
  setDefaultPipeline: theirs(
    ({ pipeline }) => `mutation { setDefaultPipeline(key: "${pipeline}") { key } }`,
  ),
  setSourceDefault: theirs(
    ({ pipeline }) => `mutation { setSourceDefault(source: "bank", pipeline: "${pipeline}") }`,
  ),

  slaRuns: own('{ slaRuns { items { timer dealId } } }'),
  slaDesk: own('{ slaDesk { items { timer dealId personName task { id } deal { name } } } }'),
  slaDeskPeople: own('{ slaDeskPeople { personId personName breached } }'),
  slaSummary: own('{ slaSummary { asOf } }'),
  acknowledgeSlaBreach: theirs(
    ({
      run,
    }) => `mutation { acknowledgeSlaBreach(run: { dealId: "${run.deal_id}", timer: "${run.timer}",
      openedSource: "${run.opened_source}", openedEventId: "${run.opened_event_id}" }) { timer } }`,
  ),
  tasks: own('{ tasks { items { id title } } }'),
  completeTask: theirs(({ task }) => `mutation { completeTask(id: "${task}", version: 1) { id } }`),
  reassignTask: theirs(
    ({ task, account }) =>
      `mutation { reassignTask(id: "${task}", assigneeId: "${account}", version: 1) { id } }`,
  ),
  notifications: { ...own('{ notifications { items { id } } }'), needsNoScope: true },
  readNotifications: {
    kind: 'own',
    needsNoScope: true,
    document: ({ notification }) => `mutation { readNotifications(ids: ["${notification}"]) }`,
  },

  webhooks: own('{ webhooks { id url } }'),
  webhook: theirs(({ webhook }) => `{ webhook(id: "${webhook}") { id url } }`),
  webhookDeliveries: theirs(
    ({ webhook }) => `{ webhookDeliveries(webhookId: "${webhook}") { items { id } } }`,
  ),
  webhookDelivery: theirs(({ delivery }) => `{ webhookDelivery(id: "${delivery}") { id } }`),
  createWebhook: own(
    'mutation { createWebhook(input: { url: "https://example.com/x" }) { secret } }',
  ),
  updateWebhook: theirs(
    ({ webhook }) => `mutation { updateWebhook(id: "${webhook}", input: { version: 1 }) { id } }`,
  ),
  deleteWebhook: theirs(({ webhook }) => `mutation { deleteWebhook(id: "${webhook}") }`),
  pauseWebhook: theirs(
    ({ webhook }) => `mutation { pauseWebhook(id: "${webhook}", version: 1) { id } }`,
  ),
  resumeWebhook: theirs(
    ({ webhook }) => `mutation { resumeWebhook(id: "${webhook}", version: 1) { id } }`,
  ),
  rotateWebhookSecret: theirs(
    ({ webhook }) => `mutation { rotateWebhookSecret(id: "${webhook}", version: 1) { secret } }`,
  ),
  testWebhook: theirs(({ webhook }) => `mutation { testWebhook(id: "${webhook}") { id } }`),
  replayDeadLetters: theirs(
    ({ webhook }) => `mutation { replayDeadLetters(webhookId: "${webhook}") }`,
  ),
  replayWebhookDelivery: theirs(
    ({ delivery }) => `mutation { replayWebhookDelivery(id: "${delivery}") { id } }`,
  ),
  dropWebhookDelivery: theirs(
    ({ delivery }) => `mutation { dropWebhookDelivery(id: "${delivery}") }`,
  ),

  wallet: own('{ wallet { accountId balance holds { lotId amount } } }'),
  walletStatement: own('{ walletStatement { items { entryId amount } } }'),
  wallets: own('{ wallets { items { accountId balance } } }'),
  topUpWallet: own(
    'mutation { topUpWallet(input: { accountId: "01a1fe4c-9969-736e-b48e-41142356aa59", amount: 1, reference: "x" }) { entryId } }',
  ),
  reverseTopUp: theirs(
    () => 'mutation { reverseTopUp(entryId: "top_up/manual/1", note: "taken") { entryId } }',
  ),
  paymentProviders: own('{ paymentProviders { provider } }'),
  savePaymentProvider: own('mutation { savePaymentProvider(provider: "bank") { path } }'),
  deletePaymentProvider: own('mutation { deletePaymentProvider(provider: "bank") }'),

  lots: own('{ lots { items { id price leads { city } } } }'),
  lot: theirs(({ lot }) => `{ lot(id: "${lot}") { id price leads { city } } }`),
  myBids: own('{ myBids { items { id } } }'),
  wonLeads: own('{ wonLeads { items { lotId } } }'),
  bidHistory: theirs(
    ({ lot }) => `{ bidHistory(lotId: "${lot}") { items { seq amount bidderId } secret } }`,
  ),
  lotStatistics: own('{ lotStatistics { open proceeds { amount } } }'),
  placeBid: theirs(
    ({ lot, account }) =>
      `mutation { placeBid(lotId: "${lot}", key: "taken", amount: 9000, bidderId: "${account}") { amount } }`,
  ),
  createLot: own(
    `mutation { createLot(input: { kind: sealed, leadIds: ["01a1fe4c-9969-736e-b48e-41142356aa59"],
      endsAt: "2030-01-01T00:00:00Z", reserve: 5 }) { id } }`,
  ),
  withdrawLot: theirs(({ lot }) => `mutation { withdrawLot(id: "${lot}") { id } }`),
  followLot: theirs(({ lot }) => `mutation { followLot(id: "${lot}", follow: true) { id } }`),
  returns: own('{ returns { items { id comment } } }'),
  requestReturn: theirs(
    ({ lot, lotLead }) =>
      `mutation { requestReturn(input: { lotId: "${lot}", leadId: "${lotLead}", reason: "other", comment: "x" }) { id } }`,
  ),
  decideReturn: theirs(
    ({ leadReturn }) =>
      `mutation { decideReturn(id: "${leadReturn}", verdict: accepted, note: "taken") { id } }`,
  ),
  auctionRules: own('{ auctionRules { version relists } }'),
  saveAuctionRules: own(
    `mutation { saveAuctionRules(input: { version: 9, matchCity: true, matchNiche: true, grades: [], limits: [], relists: 0,
      cheaperBy: 0, assigns: false, returnWindowHours: 1, returnReasons: [{ key: "other", title: "Other" }], amountBands: [],
      endingSoonMinutes: 5 }) { version } }`,
  ),
  lotChanged: {
    kind: 'subscription',
    document: ({ lot }) => `subscription { lotChanged(ids: ["${lot}"]) { id price seq } }`,
  },
};
