import type { PipelineDefinition } from 'twenty-mak-domain';
import type { DealDetailFragment } from '../../generated/graphql.ts';
import type { PersonChoice } from '../../parts/people/person-picker.tsx';

export interface RolePerson {
  readonly role: string;
  /** Null: nobody has the role. */
  readonly person: PersonChoice | null;
}

/** Roles of the pipeline in the order of its stages, then further ones that the deal has, with who has them. */
export function rolesOf(
  pipeline: PipelineDefinition | null,
  people: DealDetailFragment['responsiblePeople'],
): readonly RolePerson[] {
  const known = (pipeline?.stages ?? []).flatMap(({ roles = [], responsible }) => [
    ...roles,
    ...(responsible === undefined ? [] : [responsible]),
  ]);
  const byRole = new Map(
    people.map(({ role, accountId, person }) => [
      role,
      { id: accountId, name: person?.name ?? accountId },
    ]),
  );
  return [...new Set([...known, ...byRole.keys()])].map((role) => ({
    role,
    person: byRole.get(role) ?? null,
  }));
}
