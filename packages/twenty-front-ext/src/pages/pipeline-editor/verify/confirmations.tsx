import { Trans, useLingui } from '@lingui/react/macro';
import type { ConfirmedRegression, Verification } from 'twenty-mak-domain';
import { CheckboxField } from '../../../ui/form/checkbox-field.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { Section } from '../items/section.tsx';
import styles from './verify.module.css';

type Regression = Verification['regressions'][number];

/** Gates that move a deal back when they become true: meant, or a mistake of the rules. One by one. */
export function Confirmations() {
  const { t } = useLingui();
  const { check, definition, readOnly, change } = useEditor();
  const regressions = check.verification?.regressions ?? [];
  if (regressions.length === 0) return null;
  const confirmed = definition.confirmedRegressions ?? [];
  const set = ({ gate, from, to }: Regression, on: boolean): void => {
    const others = confirmed.filter((one) => !isSame(one, { gate, from, to }));
    const next = on ? [...others, { gate, from, to }] : others;
    change({ ...definition, confirmedRegressions: next });
  };
  return (
    <Section
      title={t`Steps back`}
      text={
        <Trans>
          These gates move a deal back when they become true. Change the rules, or say of each that
          it is meant.
        </Trans>
      }
    >
      <ul className={styles.findings}>
        {regressions.map((regression) => (
          <li key={[regression.gate, regression.from, regression.to].join(' ')}>
            <CheckboxField
              label={<RegressionText regression={regression} />}
              checked={regression.confirmed}
              disabled={readOnly}
              onChange={(on) => set(regression, on)}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Says of one gate from which stage to which it moves a deal back. */
export function RegressionText({
  regression,
}: {
  readonly regression: ConfirmedRegression & { readonly vectors?: number };
}) {
  const { definition } = useEditor();
  const titles = new Map(
    [...definition.gates, ...definition.stages].map(({ key, title }) => [key, title]),
  );
  const gate = titles.get(regression.gate) ?? regression.gate;
  const from = titles.get(regression.from) ?? regression.from;
  const to = titles.get(regression.to) ?? regression.to;
  return (
    <Trans>
      “{gate}” moves a deal back from “{from}” to “{to}”. This is meant.
    </Trans>
  );
}

function isSame(left: ConfirmedRegression, right: ConfirmedRegression): boolean {
  return left.gate === right.gate && left.from === right.from && left.to === right.to;
}
