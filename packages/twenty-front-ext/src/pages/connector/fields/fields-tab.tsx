import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { ValuesConflict } from '../../../ui/conflict/values-conflict.tsx';
import { Form } from '../../../ui/form/form.tsx';
import { useRecordTexts } from '../records/record-texts.ts';
import { useConnectorSave } from '../use-connector-save.ts';
import { ExportMatrix } from './export-matrix.tsx';
import { KindMatrix } from './kind-matrix.tsx';
import { defaultRule, ruleKey, rulesOf, valuesOf } from './matrix-values.ts';
import type { MatrixValues } from './matrix-values.ts';
import { useRuleTexts } from './use-rule-texts.ts';
import styles from '../connector.module.css';

/** Which way each field goes, and who wins; all rules are saved together. */
export function FieldsTab({ connector }: { readonly connector: ConnectorLineFragment }) {
  const { t } = useLingui();
  const texts = useRecordTexts();
  const rules = useRuleTexts(connector.title);
  const { values, setValues, isChanged, discard, save, problem, busy, conflict, ...choose } =
    useConnectorSave<MatrixValues>({
      connector,
      valuesOf,
      inputOf: ({ entities }, edited) => ({ rules: rulesOf(entities, edited) }),
    });
  const differing = rulesOf(connector.entities, values).length;
  const reset = (): void => {
    const shipped = connector.entities.flatMap(({ name, fields }) =>
      fields.map((field) => [ruleKey(name, field.field), defaultRule(field)] as const),
    );
    setValues({ ...values, ...Object.fromEntries(shipped) });
  };
  const label = (key: keyof MatrixValues): string => {
    const [entity = '', field = ''] = String(key).split('.');
    return `${texts.kind(entity)}: ${texts.field(field)}`;
  };
  return (
    <Form problem={problem} onSubmit={save}>
      <div className={styles.bar}>
        <p className={styles.grow}>
          <Trans>
            A field that both sides changed goes by its priority. Fields that follow from facts only
            go out.
          </Trans>
        </p>
        {differing > 0 && (
          <Button
            type="button"
            title={t`Reset all`}
            variant="secondary"
            size="small"
            onClick={reset}
          />
        )}
        <ExportMatrix connector={connector} />
      </div>
      {connector.entities.map((entity) => (
        <KindMatrix
          key={entity.name}
          entity={entity}
          title={connector.title}
          values={values}
          onChange={(key, rule) => setValues({ ...values, [key]: rule })}
        />
      ))}
      <div className={styles.save}>
        <Button
          type="submit"
          title={t`Save`}
          variant="primary"
          accent="blue"
          disabled={busy || !isChanged}
        />
        {isChanged && (
          <Button type="button" title={t`Discard changes`} variant="secondary" onClick={discard} />
        )}
      </div>
      {conflict !== null && (
        <ValuesConflict
          rows={conflict.fields.map((key) => ({
            label: label(key),
            mine: rules.show(conflict.changes[key]),
            theirs: rules.show(conflict.now[key]),
          }))}
          onKeepMine={() => void choose.keepMine()}
          onTakeTheirs={() => void choose.takeTheirs()}
        />
      )}
    </Form>
  );
}
