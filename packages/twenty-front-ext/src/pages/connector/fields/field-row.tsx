import { useLingui } from '@lingui/react/macro';
import type { SyncDirection, SyncPriority } from '../../../generated/graphql.ts';
import { CheckboxField } from '../../../ui/form/checkbox-field.tsx';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { TextButton } from '../../../ui/text-button/text-button.tsx';
import { useRecordTexts } from '../records/record-texts.ts';
import { defaultRule, isDefault, withDirection } from './matrix-values.ts';
import type { MatrixField, Rule } from './matrix-values.ts';
import { useRuleTexts } from './use-rule-texts.ts';
import styles from '../connector.module.css';

interface FieldRowProps {
  readonly ability: MatrixField;
  /** Kind and field in words, for screen readers. */
  readonly name: string;
  /** Name of the other system. */
  readonly title: string;
  readonly rule: Rule;
  readonly onChange: (rule: Rule) => void;
}

const PRIORITIES: readonly SyncPriority[] = ['newest', 'mak', 'remote'];

/** The rule of one field; only what is possible can be chosen. */
export function FieldRow({ ability, name, title, rule, onChange }: FieldRowProps) {
  const { t } = useLingui();
  const texts = useRecordTexts();
  const { directions, priorities } = useRuleTexts(title);
  const { field } = ability;
  const differs = !isDefault(ability, rule);
  return (
    <tr data-changed={differs}>
      <th scope="row" className={styles.rowHead}>
        {texts.field(field)} <code className={styles.code}>{field}</code>
      </th>
      <td>
        {ability.directions.length === 1 ? (
          directions[rule.direction]
        ) : (
          <SelectField<SyncDirection>
            label={t`Direction: ${name}`}
            labelHidden
            value={rule.direction}
            options={ability.directions.map((value) => ({ value, label: directions[value] }))}
            onChange={(direction) => onChange(withDirection(rule, direction))}
          />
        )}
      </td>
      <td>
        {rule.direction === 'both' ? (
          <SelectField<SyncPriority>
            label={t`When both changed: ${name}`}
            labelHidden
            value={rule.priority}
            options={PRIORITIES.map((value) => ({ value, label: priorities[value] }))}
            onChange={(priority) => onChange({ ...rule, priority })}
          />
        ) : (
          priorities[rule.priority]
        )}
      </td>
      <td>
        {rule.direction === 'both' ? (
          <CheckboxField
            label={<span className="visually-hidden">{t`Critical: ${name}`}</span>}
            checked={rule.critical}
            onChange={(critical) => onChange({ ...rule, critical })}
          />
        ) : (
          '–'
        )}
      </td>
      <td className={styles.difference}>
        {differs && (
          <>
            {t`changed`}{' '}
            <TextButton onClick={() => onChange(defaultRule(ability))}>
              {t`Reset`}
              <span className="visually-hidden">: {name}</span>
            </TextButton>
          </>
        )}
      </td>
    </tr>
  );
}
