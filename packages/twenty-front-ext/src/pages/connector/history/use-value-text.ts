import { useLingui } from '@lingui/react/macro';
import { memberOf } from '../../../app/data/member-of.ts';
import { usePipelines } from '../../../parts/pipelines/use-pipelines.ts';
import { useFormat } from '../../../ui/format/use-format.tsx';

/** RFC 3339, as instants stand in records. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** A stage of a pipeline: the id of the pipeline stands before it. */
const STAGE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:(.+)$/;

/** A value of a record as people read it; deals and statuses by their names, where these are known. */
export function useValueText(
  names: ReadonlyMap<string, string | null>,
): (value: unknown) => string {
  const { t } = useLingui();
  const { money, number, dateTime } = useFormat();
  const { pipelines } = usePipelines();
  const readable = (text: string): string => {
    if (INSTANT.test(text)) return dateTime(text);
    const pipeline = pipelines?.find(({ id }) => id === text);
    return names.get(text) ?? pipeline?.title ?? STAGE.exec(text)?.[1] ?? text;
  };
  const textOf = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return t`empty`;
    if (typeof value === 'boolean') return value ? t`yes` : t`no`;
    if (typeof value === 'number') return number(value);
    if (typeof value === 'string') return readable(value);
    if (Array.isArray(value)) return value.length === 0 ? t`empty` : value.map(textOf).join(', ');
    const [minor, currency] = [memberOf(value, 'minor'), memberOf(value, 'currency')];
    if (typeof minor === 'number' && typeof currency === 'string') return money(minor, currency);
    return JSON.stringify(value);
  };
  return textOf;
}
