import { useLingui } from '@lingui/react/macro';
import { usePipelines } from '../../../parts/pipelines/use-pipelines.ts';
import { useRecordTexts } from '../records/record-texts.ts';
import type { SettingsValues } from './settings-values.ts';

interface SettingsTexts {
  readonly labels: Readonly<Record<keyof SettingsValues, string>>;
  readonly show: (values: Partial<SettingsValues>, field: keyof SettingsValues) => string;
}

/** Names and values of the settings in words, to compare two of them. */
export function useSettingsTexts(title: string): SettingsTexts {
  const { t } = useLingui();
  const texts = useRecordTexts();
  const { pipelines } = usePipelines();
  const titleOf = (pipeline: string): string =>
    pipelines?.find(({ id }) => id === pipeline)?.title ?? pipeline;
  return {
    labels: {
      version: '',
      address: t`Address of ${title}`,
      callsPerMinute: t`Calls a minute that ${title} allows`,
      people: t`People with two addresses`,
      nobody: t`Responsible there for deals without an owner`,
      defaultOwner: t`Owner here of leads whose responsible person has no account`,
      source: t`Source of orders of MaK`,
      paymentMethod: t`Payment method of payments of MaK`,
      segmentField: t`Field of buyers that shows the segments`,
      allCustomers: t`All clients become buyers`,
      realTime: t`Look at messages of KeyCRM as soon as they come`,
      batch: t`Articles in one call`,
      statuses: t`Statuses of orders`,
      warehouses: t`Warehouses`,
      opportunities: t`Deals from opportunities`,
      cards: t`Deals from leads of KeyCRM`,
      leads: t`Leads`,
      entities: t`Kinds of records`,
      chosen: t`Chosen records`,
      dryRun: t`Dry run`,
      pollSeconds: t`Seconds between two looks`,
      perSecond: t`Calls a second`,
      burst: t`Calls at once`,
      apiKey: t`API key of ${title}`,
      webhookSecret: '',
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
        case 'statuses':
        case 'warehouses':
          return (values[field] ?? []).map(({ mak, there }) => `${mak} = ${there}`).join(', ');
        case 'opportunities': {
          const { pipeline = '', since = '' } = values.opportunities ?? {};
          if (pipeline === '') return t`none (default)`;
          return since === '' ? titleOf(pipeline) : `${titleOf(pipeline)}, ${since}`;
        }
        case 'cards': {
          const { funnels = [], pipeline = '', field = '' } = values.cards ?? {};
          if (funnels.length === 0) return t`none (default)`;
          const named = [pipeline === '' ? '' : titleOf(pipeline), field].filter(Boolean);
          return [...funnels, ...named].join(', ');
        }
        case 'leads': {
          const { pipelines: chosen = [], source = '', statuses = {} } = values.leads ?? {};
          if (chosen.length === 0) return t`none (default)`;
          const pairs = Object.entries(statuses).map(([mak, there]) => `${mak} = ${there}`);
          const fields = Object.entries(values.leads?.fields ?? {}).map(
            ([field, there]) => `${texts.field(field)} = ${there}`,
          );
          return [...chosen, source, ...pairs, ...fields]
            .filter((one) => one !== '' && !one.endsWith('= '))
            .join(', ');
        }
        case 'dryRun':
        case 'allCustomers':
        case 'realTime':
          return values[field] === true ? t`on` : t`off`;
        case 'apiKey':
          return t`a new one`;
        case 'webhookSecret':
          return '';
        case 'nobody':
        case 'defaultOwner':
        case 'source':
        case 'paymentMethod':
        case 'segmentField':
        case 'batch':
          return values[field] || '–';
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
