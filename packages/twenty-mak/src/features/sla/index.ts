export { SlaDeskRun } from './sla-desk.model.ts';
export { SlaRunEntity } from './sla.entity.ts';
export { Escalations } from './sla.escalations.ts';
export type { EscalatedRun } from './sla.escalations.ts';
export { slaSweep } from './sla.jobs.ts';
export { SlaRunModel } from './sla.model.ts';
export { SlaModule } from './sla.module.ts';
export { SlaService } from './sla.service.ts';
export { FIND_DUE, SWEEP_BATCH, sweepBatch } from './sla.sweep.ts';
