import type { ObjectName } from '../constants/object-names.ts';
import bid from './bid.object.ts';
import connection from './connection.object.ts';
import franchisee from './franchisee.object.ts';
import leadAuction from './lead-auction.object.ts';
import lead from './lead.object.ts';
import masterDeal from './master-deal.object.ts';
import partner from './partner.object.ts';
import pipeline from './pipeline.object.ts';
import slaRun from './sla-run.object.ts';
import stage from './stage.object.ts';

/** Every object of the app by its name. */
export const OBJECTS = {
  masterDeal,
  makPipeline: pipeline,
  makStage: stage,
  makSlaRun: slaRun,
  makLead: lead,
  makLeadAuction: leadAuction,
  makBid: bid,
  makPartner: partner,
  makFranchisee: franchisee,
  makConnection: connection,
} as const satisfies Record<ObjectName, unknown>;
