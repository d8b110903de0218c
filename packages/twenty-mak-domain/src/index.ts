export * from './basics/index.ts';
export * from './sla/index.ts';
export * from './pipelines/index.ts';
export * from './deal-gates/index.ts';
export * from './qualification/index.ts';
export * from './money/index.ts';
export * from './sync/index.ts';
