import { useLingui } from '@lingui/react/macro';
import { usePipelines } from '../../../parts/pipelines/use-pipelines.ts';
import { useRecordTexts } from '../records/record-texts.ts';
import type { SettingsValues } from './settings-values.ts';

interface SettingsTexts {
  readonly labels: Readonly<Record<keyof SettingsValues, string>>;
  readonly show: (values: Partial<SettingsValues>, field: keyof SettingsValues) => string;
}

/** Names and values of the settings in words, to compare two of them. */
export function useSettingsTexts(): SettingsTexts {
  const { t } = useLingui();
  const texts = useRecordTexts();
  const { pipelines } = usePipelines();
  const titleOf = (pipeline: string): string =>
    pipelines?.find(({ id }) => id === pipeline)?.title ?? pipeline;
  return {
    labels: {
      version: '',
      address: t`Address of twenty`,
      callsPerMinute: t`Calls a minute that twenty allows`,
      people: t`People with two addresses`,
      opportunities: t`Deals from opportunities`,
      entities: t`Kinds of records`,
      chosen: t`Chosen records`,
      dryRun: t`Dry run`,
      pollSeconds: t`Seconds between two looks`,
      perSecond: t`Calls a second`,
      burst: t`Calls at once`,
      apiKey: t`API key of twenty`,
    },
    show: (values, field) => {
      switch (field) {
        case 'entities':
          return (values.entities ?? []).map(texts.kind).join(', ');
        case 'chosen':
          return (values.chosen ?? [])
            .map(({ entity, pipelines: chosen, ids }) =>
              [texts.kind(entity), ...chosen.map(titleOf), ...ids.split(/\s+/)].join(' '),
            )
            .join(', ');
        case 'people':
          return (values.people ?? []).map(({ mak, twenty }) => `${mak} = ${twenty}`).join(', ');
        case 'opportunities': {
          const { pipeline = '', since = '' } = values.opportunities ?? {};
          if (pipeline === '') return t`none (default)`;
          return since === '' ? titleOf(pipeline) : `${titleOf(pipeline)}, ${since}`;
        }
        case 'dryRun':
          return values.dryRun === true ? t`on` : t`off`;
        case 'apiKey':
          return t`a new one`;
        case 'version':
        case 'address':
        case 'callsPerMinute':
        case 'pollSeconds':
        case 'perSecond':
        case 'burst':
          return String(values[field] ?? '');
      }
    },
  };
}
