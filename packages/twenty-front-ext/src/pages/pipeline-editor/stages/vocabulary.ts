import type { PipelineDefinition } from 'twenty-mak-domain';

/** Roles that the definition names anywhere. */
export function rolesOf({ stages }: PipelineDefinition): readonly string[] {
  const named = stages.flatMap(({ responsible, roles = [], businessStageWhen = [] }) => [
    responsible,
    ...roles,
    ...businessStageWhen.map((one) => one.responsible),
  ]);
  return sorted(named);
}

/** Domain systems that the definition names anywhere. */
export function systemsOf({
  domains = {},
  stages,
  events,
  timers = [],
}: PipelineDefinition): readonly string[] {
  return sorted([
    ...Object.keys(domains),
    ...stages.flatMap(({ systems = [] }) => systems),
    ...events.map(({ domain }) => domain?.system),
    ...timers.flatMap(({ accountable = [] }) => accountable),
  ]);
}

function sorted(names: readonly (string | undefined)[]): readonly string[] {
  const known = names.flatMap((name) => (name === undefined || name === '' ? [] : [name]));
  return [...new Set(known)].toSorted();
}
