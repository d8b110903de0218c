import { segmentsController, segmentsResolver } from '../segments/index.ts';

/** Saved filters of clients, over REST. */
export const ClientSegmentsController = segmentsController({
  ...{ name: 'ClientSegmentsController', entity: 'client', scope: 'deals:read' },
  ...{ tag: 'clients', path: 'v1/clients/segments' },
});

/** Saved filters of clients, over GraphQL. */
export const ClientSegmentsResolver = segmentsResolver({
  ...{ name: 'ClientSegmentsResolver', entity: 'client', scope: 'deals:read' },
  ...{ list: 'clientSegments', create: 'createClientSegment' },
  ...{ edit: 'editClientSegment', remove: 'deleteClientSegment' },
});
