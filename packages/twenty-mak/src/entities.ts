import type { Entity } from './platform/database/index.ts';

/** Every table; a test compares them with what the migrations make. */
export const entities: readonly Entity[] = [];
