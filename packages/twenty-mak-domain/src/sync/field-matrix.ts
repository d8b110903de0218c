import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';

export type Side = 'mak' | 'remote';

/** Who may change the other: `in` from the remote system to MaK, `out` from MaK to it. */
export type Direction = 'in' | 'out' | 'both';

/** Who wins when both sides changed: always the same side, or whose change was heard of last. */
export type Priority = Side | 'newest';

/** How one field of an entity is kept equal. */
export interface FieldRule {
  readonly field: string;
  readonly direction: Direction;
  readonly priority: Priority;
  /** A conflict on it is told to a person. */
  readonly critical: boolean;
}

/** A rule with what no tenant changes about its field. */
export interface HeldRule extends FieldRule {
  /**
   * Who changes one of these fields, and has not heard otherwise, says this one anew: e.g. that a note is there, by writing it.
   */
  readonly restatedBy?: readonly string[];
}

/** The rules of one entity, each field once. */
export type FieldMatrix = readonly HeldRule[];

/** What a connector can do with a field, which no setting of a tenant can go beyond. */
export interface FieldAbility {
  readonly field: string;
  /** Directions that make sense, e.g. only `out` for a stage that is computed. */
  readonly directions: readonly Direction[];
  /** What holds until a tenant says otherwise. */
  readonly rule: Omit<FieldRule, 'field'>;
  /** See `HeldRule`. */
  readonly restatedBy?: readonly string[];
}

/** A tenant's wishes over the connector's defaults: whole rules, of fields that differ from them. */
export type MatrixChanges = readonly FieldRule[];

/**
 * The matrix that holds. Refuses with the field at fault: `unknown_field`, `field_twice`, `direction_not_possible`,
 * `priority_without_effect`.
 */
export function fieldMatrix(
  abilities: readonly FieldAbility[],
  changes: MatrixChanges,
): Decision<FieldMatrix> {
  const known = new Map(abilities.map((ability) => [ability.field, ability]));
  const wished = new Map<string, FieldRule>();
  for (const [index, rule] of changes.entries()) {
    const path = `fields.${index}`;
    const ability = known.get(rule.field);
    if (ability === undefined)
      return refuse(
        'unknown_field',
        `This connector has no field ${rule.field}; it has ${[...known.keys()].join(', ')}.`,
        `${path}.field`,
      );
    if (wished.has(rule.field))
      return refuse(
        'field_twice',
        `${rule.field} has a rule already; keep one of them.`,
        `${path}.field`,
      );
    if (!ability.directions.includes(rule.direction))
      return refuse(
        'direction_not_possible',
        `${rule.field} can go ${ability.directions.join(' or ')}, not ${rule.direction}.`,
        `${path}.direction`,
      );
    const only = onlyWinner(rule.direction);
    if (only !== null && rule.priority !== only)
      return refuse(
        'priority_without_effect',
        `${rule.field} goes ${rule.direction} only, so its priority is ${only}.`,
        `${path}.priority`,
      );
    wished.set(rule.field, rule);
  }
  return accept(
    abilities.map(({ field, rule, restatedBy }) => ({
      ...(wished.get(field) ?? { field, ...rule }),
      ...(restatedBy === undefined ? {} : { restatedBy }),
    })),
  );
}

/** The side that wins whatever happens; null where both may. */
export function onlyWinner(direction: Direction): Side | null {
  if (direction === 'both') return null;
  return direction === 'in' ? 'remote' : 'mak';
}
