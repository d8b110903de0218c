import { useLingui } from '@lingui/react/macro';
import { usePipelines } from '../../../parts/pipelines/use-pipelines.ts';
import { CheckboxGroup } from '../../../ui/form/checkbox-group.tsx';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { Section } from '../../../ui/section/section.tsx';
import { useWithGone } from '../with-gone.ts';
import { withFirst, withFunnels } from './cards.ts';
import type { PartProps } from './part.ts';
import styles from '../connector.module.css';

/** Which cards of funnels become deals, and of which pipeline. */
export function CardFields({ values: { cards }, options, errorAt, onChange }: PartProps) {
  const { t } = useLingui();
  const { pipelines } = usePipelines();
  const funnels = options.of('cards.funnels');
  const withGone = useWithGone();
  const shown = withGone(funnels, cards.funnels);
  const set = (part: Partial<typeof cards>): void => onChange({ cards: { ...cards, ...part } });
  const error = errorAt('settings.cards');
  const known = pipelines?.map(({ id, title }) => ({ value: id, label: title })) ?? null;
  return (
    <Section
      title={t`Deals from leads of KeyCRM`}
      text={t`Cards of the chosen funnels become deals, and deals become cards there. Which status shows which stage is set under Statuses.`}
    >
      {funnels === null && (
        <p className={styles.text}>{t`They are listed as soon as KeyCRM answers.`}</p>
      )}
      {funnels?.length === 0 && (
        <p className={styles.text}>{t`KeyCRM has no funnels: leads are not enabled there.`}</p>
      )}
      {(funnels !== null || cards.funnels.length > 0) && (
        <CheckboxGroup
          label={t`Funnels that are kept equal`}
          values={cards.funnels}
          options={shown}
          onChange={(chosen) => set({ funnels: withFunnels(cards.funnels, chosen) })}
        />
      )}
      {error !== null && (
        <p role="alert" className={styles.reason}>
          {error}
        </p>
      )}
      {cards.funnels.length > 0 && (
        <>
          {cards.funnels.length > 1 && (
            <SelectField
              label={t`New cards go to`}
              hint={t`Unless the status of the stage is of another funnel.`}
              value={cards.funnels[0] ?? ''}
              options={shown.filter(({ value }) => cards.funnels.includes(value))}
              onChange={(first) => set({ funnels: withFirst(cards.funnels, first) })}
            />
          )}
          <SelectField
            label={t`Cards become deals of`}
            disabled={pipelines === null}
            value={cards.pipeline}
            options={[
              { value: '', label: t`the default pipeline` },
              ...withGone(known, [cards.pipeline]),
            ]}
            onChange={(pipeline) => set({ pipeline })}
          />
          <SelectField
            label={t`Custom field of leads for the id of the deal`}
            hint={t`Make one of the kind text in KeyCRM. Without it the id stands in the comment of new cards.`}
            value={cards.field}
            options={[
              { value: '', label: t`none` },
              ...withGone(options.of('cards.field'), [cards.field]),
            ]}
            onChange={(field) => set({ field })}
          />
        </>
      )}
    </Section>
  );
}
