import type { ObjectName, StandardObjectName } from './object-names.ts';

/** One end of a relation as people see it. */
interface RelationEnd {
  readonly name: string;
  readonly label: string;
  readonly icon: string;
}

/** Many records of `from` to one of `to`; both ends are fields. */
export interface Relation {
  readonly from: ObjectName;
  readonly to: ObjectName | StandardObjectName;
  readonly one: RelationEnd;
  readonly many: RelationEnd;
  /** People may choose it; else only MaK writes it. */
  readonly editable: boolean;
}

const DEALS = 'IconBriefcase';

const DEAL_RELATIONS: readonly Relation[] = [
  {
    from: 'masterDeal',
    to: 'makPipeline',
    one: { name: 'pipeline', label: 'Pipeline', icon: 'IconFilter' },
    many: { name: 'masterDeals', label: 'Master deals', icon: DEALS },
    editable: false,
  },
  {
    from: 'masterDeal',
    to: 'makStage',
    one: { name: 'stage', label: 'Stage', icon: 'IconProgressCheck' },
    many: { name: 'masterDeals', label: 'Master deals', icon: DEALS },
    editable: false,
  },
  {
    from: 'masterDeal',
    to: 'workspaceMember',
    one: { name: 'owner', label: 'Owner', icon: 'IconUserCircle' },
    many: { name: 'ownedMasterDeals', label: 'Owned master deals', icon: DEALS },
    editable: true,
  },
  {
    from: 'masterDeal',
    to: 'company',
    one: { name: 'company', label: 'Company', icon: 'IconBuildingSkyscraper' },
    many: { name: 'masterDeals', label: 'Master deals', icon: DEALS },
    editable: true,
  },
  {
    from: 'masterDeal',
    to: 'person',
    one: { name: 'pointOfContact', label: 'Point of contact', icon: 'IconUser' },
    many: { name: 'masterDeals', label: 'Master deals', icon: DEALS },
    editable: true,
  },
  {
    from: 'masterDeal',
    to: 'opportunity',
    one: { name: 'opportunity', label: 'Opportunity', icon: 'IconTargetArrow' },
    many: { name: 'masterDeals', label: 'Master deals', icon: DEALS },
    editable: false,
  },
  {
    from: 'masterDeal',
    to: 'makPartner',
    one: { name: 'partner', label: 'Partner', icon: 'IconAffiliate' },
    many: { name: 'masterDeals', label: 'Master deals', icon: DEALS },
    editable: false,
  },
  {
    from: 'masterDeal',
    to: 'makFranchisee',
    one: { name: 'franchisee', label: 'Franchisee', icon: 'IconBuildingStore' },
    many: { name: 'masterDeals', label: 'Master deals', icon: DEALS },
    editable: false,
  },
  {
    from: 'makStage',
    to: 'makPipeline',
    one: { name: 'pipeline', label: 'Pipeline', icon: 'IconFilter' },
    many: { name: 'stages', label: 'Stages', icon: 'IconProgressCheck' },
    editable: false,
  },
  {
    from: 'makSlaRun',
    to: 'masterDeal',
    one: { name: 'masterDeal', label: 'Master deal', icon: DEALS },
    many: { name: 'slaRuns', label: 'SLA runs', icon: 'IconClockHour4' },
    editable: false,
  },
  {
    from: 'makSlaRun',
    to: 'workspaceMember',
    one: { name: 'responsible', label: 'Responsible', icon: 'IconUserCircle' },
    many: { name: 'makSlaRuns', label: 'SLA runs', icon: 'IconClockHour4' },
    editable: false,
  },
];

const LEAD_RELATIONS: readonly Relation[] = [
  {
    from: 'makLead',
    to: 'company',
    one: { name: 'company', label: 'Company', icon: 'IconBuildingSkyscraper' },
    many: { name: 'makLeads', label: 'Leads', icon: 'IconMagnet' },
    editable: false,
  },
  {
    from: 'makLead',
    to: 'person',
    one: { name: 'person', label: 'Person', icon: 'IconUser' },
    many: { name: 'makLeads', label: 'Leads', icon: 'IconMagnet' },
    editable: false,
  },
  {
    from: 'makLead',
    to: 'workspaceMember',
    one: { name: 'owner', label: 'Owner', icon: 'IconUserCircle' },
    many: { name: 'ownedMakLeads', label: 'Owned leads', icon: 'IconMagnet' },
    editable: false,
  },
  {
    from: 'makLead',
    to: 'makPartner',
    one: { name: 'partner', label: 'Partner', icon: 'IconAffiliate' },
    many: { name: 'leads', label: 'Leads', icon: 'IconMagnet' },
    editable: false,
  },
  {
    from: 'makLead',
    to: 'makFranchisee',
    one: { name: 'franchisee', label: 'Franchisee', icon: 'IconBuildingStore' },
    many: { name: 'leads', label: 'Leads', icon: 'IconMagnet' },
    editable: false,
  },
  {
    from: 'makLead',
    to: 'masterDeal',
    one: { name: 'masterDeal', label: 'Master deal', icon: DEALS },
    many: { name: 'leads', label: 'Leads', icon: 'IconMagnet' },
    editable: false,
  },
  {
    from: 'makLeadAuction',
    to: 'makLead',
    one: { name: 'lead', label: 'Lead', icon: 'IconMagnet' },
    many: { name: 'auctions', label: 'Auctions', icon: 'IconGavel' },
    editable: false,
  },
  {
    from: 'makLeadAuction',
    to: 'makFranchisee',
    one: { name: 'winner', label: 'Winner', icon: 'IconTrophy' },
    many: { name: 'wonAuctions', label: 'Won auctions', icon: 'IconGavel' },
    editable: false,
  },
  {
    from: 'makBid',
    to: 'makLeadAuction',
    one: { name: 'auction', label: 'Auction', icon: 'IconGavel' },
    many: { name: 'bids', label: 'Bids', icon: 'IconCoins' },
    editable: false,
  },
  {
    from: 'makBid',
    to: 'makFranchisee',
    one: { name: 'franchisee', label: 'Franchisee', icon: 'IconBuildingStore' },
    many: { name: 'bids', label: 'Bids', icon: 'IconCoins' },
    editable: false,
  },
];

/** Partners and franchisees have the same people around them. */
function cabinetRelations(
  from: 'makPartner' | 'makFranchisee',
  many: RelationEnd,
): readonly Relation[] {
  return [
    {
      from,
      to: 'company',
      one: { name: 'company', label: 'Company', icon: 'IconBuildingSkyscraper' },
      many,
      editable: false,
    },
    {
      from,
      to: 'person',
      one: { name: 'person', label: 'Person', icon: 'IconUser' },
      many,
      editable: false,
    },
    {
      from,
      to: 'workspaceMember',
      one: { name: 'manager', label: 'Manager', icon: 'IconUserCircle' },
      many,
      editable: false,
    },
  ];
}

/** Every relation of the app; objects and fields are made from this. */
export const RELATIONS: readonly Relation[] = [
  ...DEAL_RELATIONS,
  ...LEAD_RELATIONS,
  ...cabinetRelations('makPartner', {
    name: 'makPartners',
    label: 'MaK partners',
    icon: 'IconAffiliate',
  }),
  ...cabinetRelations('makFranchisee', {
    name: 'makFranchisees',
    label: 'MaK franchisees',
    icon: 'IconBuildingStore',
  }),
];
