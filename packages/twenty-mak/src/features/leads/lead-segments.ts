import { segmentsController, segmentsResolver } from '../segments/index.ts';

/** Saved filters of leads, over REST. */
export const LeadSegmentsController = segmentsController({
  ...{ name: 'SegmentsController', entity: 'lead', scope: 'leads:read' },
  ...{ tag: 'leads', path: 'v1/leads/segments' },
});

/** Saved filters of leads, over GraphQL. */
export const LeadSegmentsResolver = segmentsResolver({
  ...{ name: 'SegmentsResolver', entity: 'lead', scope: 'leads:read' },
  ...{ list: 'segments', create: 'createSegment', edit: 'editSegment', remove: 'deleteSegment' },
});
