import { useLingui } from '@lingui/react/macro';
import type { Option } from '../../ui/form/select-field.tsx';

/**
 * What can be chosen, and after it what is chosen and is not there any more. Null: nobody knows yet what there is, so what is
 * chosen goes by its id.
 */
export function withGone(
  known: readonly Option[] | null,
  chosen: readonly string[],
  goneLabel: (value: string) => string,
): readonly Option[] {
  const listed = new Set(known?.map(({ value }) => value));
  const others = [...new Set(chosen)].filter((value) => value !== '' && !listed.has(value));
  const label = known === null ? (value: string) => value : goneLabel;
  return [...(known ?? []), ...others.map((value) => ({ value, label: label(value) }))];
}

/** The same in the person's language. */
export function useWithGone(): (
  known: readonly Option[] | null,
  chosen: readonly string[],
) => readonly Option[] {
  const { t } = useLingui();
  return (known, chosen) => withGone(known, chosen, (value) => t`${value}, not there any more`);
}
