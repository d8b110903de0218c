import { useLingui } from '@lingui/react/macro';
import type { EventMapping, PipelineDefinition } from 'twenty-mak-domain';

/** What an event does, in one line of plain words. */
export function useEventSummary(definition: PipelineDefinition): (event: EventMapping) => string {
  const { t } = useLingui();
  const titles = new Map(
    [...definition.gates, ...(definition.endings ?? [])].map(({ key, title }) => [key, title]),
  );
  const named = (keys: readonly string[]): string =>
    keys.map((key) => titles.get(key) ?? key).join(', ');
  return ({ creates, sets = [], clears = [], domain, ends, reopens }) => {
    const [set, cleared] = [named(sets), named(clears)];
    const { system = '', stage = '' } = domain ?? {};
    const ending = named(ends === undefined ? [] : [ends]);
    const effects = [
      creates === true && t`makes the deal`,
      set !== '' && t`true: ${set}`,
      cleared !== '' && t`no longer true: ${cleared}`,
      domain !== undefined && t`${system} is in ${stage}`,
      ends !== undefined && t`ends the deal: ${ending}`,
      reopens === true && t`opens the deal again`,
    ].filter((one) => one !== false);
    return effects.length === 0 ? t`does nothing` : effects.join(' · ');
  };
}
