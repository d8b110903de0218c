import { importsController, importsResolver } from '../imports/index.ts';

/** Files of leads, over REST. */
export const LeadImportsController = importsController({
  ...{ name: 'LeadImportsController', target: 'lead', scope: 'leads:import' },
  ...{ tag: 'leads', path: 'v1/leads' },
});

/** Files of leads, over GraphQL. */
export const LeadImportsResolver = importsResolver({
  ...{ name: 'LeadImportsResolver', target: 'lead', scope: 'leads:import' },
});
