import { defineView, ViewType } from 'twenty-sdk/define';
import { fieldIdentifier, identify } from '../constants/universal-identifiers.ts';
import lead from '../objects/lead.object.ts';
import { viewConfig } from './view-config.ts';

const options =
  lead.config.fields.find(({ name }) => name === 'status')?.options?.map(({ value }) => value) ??
  [];

export default defineView({
  ...viewConfig('makLead', 'leadsByStatus', {
    name: 'Leads by status',
    icon: 'IconLayoutKanban',
    type: ViewType.KANBAN,
    position: 1,
    columns: ['name', 'source', 'city', 'niche', 'amount', 'owner'],
  }),
  mainGroupByFieldMetadataUniversalIdentifier: fieldIdentifier('makLead', 'status'),
  groups: options.map((fieldValue, position) => ({
    universalIdentifier: identify('viewGroup', 'leadsByStatus', fieldValue),
    fieldValue,
    position,
    isVisible: true,
  })),
});
