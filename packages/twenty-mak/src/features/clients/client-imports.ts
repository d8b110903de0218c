import { importsController, importsResolver } from '../imports/index.ts';

/** Files of clients, over REST. */
export const ClientImportsController = importsController({
  ...{ name: 'ClientImportsController', target: 'client', scope: 'clients:import' },
  ...{ tag: 'clients', path: 'v1/clients' },
});

/** Files of clients, over GraphQL. */
export const ClientImportsResolver = importsResolver({
  ...{ name: 'ClientImportsResolver', target: 'client', scope: 'clients:import' },
});
