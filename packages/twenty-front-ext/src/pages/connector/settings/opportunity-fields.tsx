import { useLingui } from '@lingui/react/macro';
import { usePipelines } from '../../../parts/pipelines/use-pipelines.ts';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { TextField } from '../../../ui/form/text-field.tsx';
import { useProblemText } from '../../../ui/states/problem-text.ts';
import { takesOlder } from './opportunities.ts';
import type { OpportunityValues } from './opportunities.ts';

interface OpportunityFieldsProps {
  readonly values: OpportunityValues;
  readonly saved: OpportunityValues;
  readonly onChange: (values: OpportunityValues) => void;
}

/** Of which pipeline opportunities become deals, if they do, and which of them. */
export function OpportunityFields({ values, saved, onChange }: OpportunityFieldsProps) {
  const { t } = useLingui();
  const textOf = useProblemText();
  const { pipelines, problem } = usePipelines();
  const { pipeline, since } = values;
  const known = (pipelines ?? []).map(({ id, title }) => ({ value: id, label: title }));
  const isListed = pipeline === '' || known.some(({ value }) => value === pipeline);
  const isGone = pipelines !== null && !isListed;
  const unlisted = { value: pipeline, label: isGone ? t`an archived pipeline` : '…' };
  const hint = useChangeHint(saved.pipeline, pipeline);
  return (
    <>
      <SelectField
        label={t`New opportunities of twenty become deals of`}
        {...(hint === null ? {} : { hint })}
        error={
          problem === null
            ? isGone
              ? t`This pipeline is archived. Choose another one or none.`
              : null
            : textOf(problem)
        }
        disabled={pipelines === null}
        value={pipeline}
        options={[
          { value: '', label: t`none (default)` },
          ...known,
          ...(isListed ? [] : [unlisted]),
        ]}
        onChange={(chosen) => onChange({ ...values, pipeline: chosen })}
      />
      {pipeline !== '' && (
        <TextField
          label={t`Only those made since`}
          hint={
            takesOlder(saved, values)
              ? t`Older ones are brought over at night, or by “Compare everything” on the overview.`
              : t`Left empty, all of them.`
          }
          type="date"
          max="9999-12-31"
          value={since}
          onChange={(day) => onChange({ ...values, since: day })}
        />
      )}
    </>
  );
}

/** What becomes of deals that came from opportunities before. */
function useChangeHint(before: string, now: string): string | null {
  const { t } = useLingui();
  if (before === '' || before === now) return null;
  return now === ''
    ? t`Deals that came from opportunities stay, but are not kept equal with them any more.`
    : t`Deals that came from opportunities before stay in their pipeline.`;
}
