import { onlyWinner } from 'twenty-mak-domain';
import type {
  ConnectorLineFragment,
  SyncDirection,
  SyncPriority,
  SyncRuleInput,
} from '../../../generated/graphql.ts';

export interface Rule {
  readonly direction: SyncDirection;
  readonly priority: SyncPriority;
  readonly critical: boolean;
}

/** Kind of records and field. */
export type RuleKey = `${string}.${string}`;

/** What the editor edits: rules by kind and field, so that two people may change different ones at the same time. */
export interface MatrixValues {
  readonly version: number;
  readonly [rule: RuleKey]: Rule;
}

export type MatrixField = ConnectorLineFragment['entities'][number]['fields'][number];

export function ruleKey(entity: string, field: string): RuleKey {
  return `${entity}.${field}`;
}

export function valuesOf({ version, entities }: ConnectorLineFragment): MatrixValues {
  return {
    version,
    ...Object.fromEntries(
      entities.flatMap(({ name, fields }) =>
        fields.map(({ field, direction, priority, critical }) => [
          ruleKey(name, field),
          { direction, priority, critical },
        ]),
      ),
    ),
  };
}

/** The rules that are sent: those that differ from what the connector ships. */
export function rulesOf(
  entities: ConnectorLineFragment['entities'],
  values: MatrixValues,
): SyncRuleInput[] {
  return entities.flatMap(({ name, fields }) =>
    fields.flatMap((ability) => {
      const rule = values[ruleKey(name, ability.field)];
      if (rule === undefined || isDefault(ability, rule)) return [];
      return [{ entity: name, field: ability.field, ...rule }];
    }),
  );
}

export function isDefault({ default: shipped }: Pick<MatrixField, 'default'>, rule: Rule): boolean {
  return (
    rule.direction === shipped.direction &&
    rule.priority === shipped.priority &&
    rule.critical === shipped.critical
  );
}

/** What the connector ships. */
export function defaultRule({ default: shipped }: Pick<MatrixField, 'default'>): Rule {
  const { direction, priority, critical } = shipped;
  return { direction, priority, critical };
}

/** A field that goes one way is won by the side that it comes from. */
export function withDirection(rule: Rule, direction: SyncDirection): Rule {
  return { ...rule, direction, priority: onlyWinner(direction) ?? rule.priority };
}
