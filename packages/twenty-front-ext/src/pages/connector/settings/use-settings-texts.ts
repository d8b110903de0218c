import { useLingui } from '@lingui/react/macro';
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
  return {
    labels: {
      version: '',
      address: t`Address of twenty`,
      callsPerMinute: t`Calls a minute that twenty allows`,
      people: t`People with two addresses`,
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
            .map(({ entity, pipelines, ids }) =>
              [texts.kind(entity), ...pipelines, ...ids.split(/\s+/)].join(' '),
            )
            .join(', ');
        case 'people':
          return (values.people ?? []).map(({ mak, twenty }) => `${mak} = ${twenty}`).join(', ');
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
