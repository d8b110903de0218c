import { useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import { useLeadWords } from '../../../parts/leads/use-lead-words.ts';
import { CheckboxGroup } from '../../../ui/form/checkbox-group.tsx';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { Section, SectionActions } from '../../../ui/section/section.tsx';
import { useRecordTexts } from '../records/record-texts.ts';
import { useWithGone } from '../with-gone.ts';
import { inOrder, LEAD_PLACES, pipelineOf, proposed } from './leads.ts';
import type { PartProps } from './part.ts';
import styles from '../connector.module.css';

/** Which leads of amoCRM are leads here, and how they look there. */
export function LeadFields({ values: { leads }, options, errorAt, onChange }: PartProps) {
  const { t } = useLingui();
  const texts = useRecordTexts();
  const { rules } = useLeadWords();
  const pipelines = options.of('leads.pipelines');
  const statuses = options.of('leads.statuses');
  const fields = options.of('leads.fields');
  const withGone = useWithGone();
  const set = (part: Partial<typeof leads>): void => onChange({ leads: { ...leads, ...part } });
  const error = errorAt('settings.leads');
  const own = rules?.statuses ?? [];
  const unconverted = own.find(
    ({ key, kind }) => kind === 'converted' && (leads.statuses[key] ?? '') === '',
  )?.title;
  const offered =
    statuses?.filter(({ value }) => leads.pipelines.includes(pipelineOf(value))) ?? null;
  return (
    <Section
      title={t`Leads`}
      text={t`Leads of the chosen pipelines are leads here, with their contacts, and not deals. Everybody in amoCRM who sees such a lead sees who it is.`}
    >
      {pipelines === null && (
        <p className={styles.text}>{t`They are listed as soon as amoCRM answers.`}</p>
      )}
      {(pipelines !== null || leads.pipelines.length > 0) && (
        <CheckboxGroup
          label={t`Pipelines of leads`}
          values={leads.pipelines}
          options={withGone(pipelines, leads.pipelines)}
          onChange={(chosen) => set({ pipelines: chosen })}
        />
      )}
      {error !== null && (
        <p role="alert" className={styles.reason}>
          {error}
        </p>
      )}
      {leads.pipelines.length > 0 && (
        <>
          <p className={styles.text}>
            {t`A lead that both systems have already becomes one by the same telephone number or e-mail address; else it is there twice.`}
          </p>
          <p className={styles.text}>
            {t`Which status in amoCRM stands for each status here. Leads in a status here that nothing stands for stay here.`}
          </p>
          {own.map(({ key, title }) => (
            <SelectField
              key={key}
              label={title}
              value={leads.statuses[key] ?? ''}
              options={[
                { value: '', label: t`none` },
                ...withGone(offered, [leads.statuses[key] ?? '']),
              ]}
              onChange={(status) =>
                set({ statuses: inOrder({ ...leads.statuses, [key]: status }, own) })
              }
            />
          ))}
          {unconverted !== undefined && (
            <p className={styles.text}>
              {t`Nothing stands for ${unconverted}: leads that become deals here keep their status there.`}
            </p>
          )}
          <SectionActions>
            <Button
              type="button"
              title={t`Match statuses by names`}
              variant="secondary"
              size="small"
              disabled={offered === null || offered.length === 0 || own.length === 0}
              onClick={() => set({ statuses: proposed(leads, own, statuses ?? []) })}
            />
          </SectionActions>
          <SelectField
            label={t`Source of leads that come from there`}
            value={leads.source}
            options={[
              { value: '', label: t`that of outer platforms` },
              ...(rules?.sources ?? []).map(({ key, title }) => ({ value: key, label: title })),
            ]}
            onChange={(source) => set({ source })}
          />
          {LEAD_PLACES.map((name) => {
            const field = texts.field(name);
            return (
              <SelectField
                key={name}
                label={t`Custom field there: ${field}`}
                value={leads.fields[name]}
                options={[{ value: '', label: t`none` }, ...withGone(fields, [leads.fields[name]])]}
                onChange={(id) => set({ fields: { ...leads.fields, [name]: id } })}
              />
            );
          })}
        </>
      )}
    </Section>
  );
}
