import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  ClientSegmentsDocument,
  ClientSegmentSizesDocument,
  CreateClientSegmentDocument,
  CreateLeadSegmentDocument,
  DeleteClientSegmentDocument,
  DeleteLeadSegmentDocument,
  EditClientSegmentDocument,
  EditLeadSegmentDocument,
  LeadSegmentsDocument,
  LeadSegmentSizesDocument,
} from '../../generated/graphql.ts';
import type {
  CreateLeadSegmentMutation,
  CreateLeadSegmentMutationVariables,
  DeleteLeadSegmentMutation,
  DeleteLeadSegmentMutationVariables,
  EditLeadSegmentMutation,
  EditLeadSegmentMutationVariables,
  LeadSegmentsQuery,
  LeadSegmentsQueryVariables,
  LeadSegmentSizesQuery,
  LeadSegmentSizesQueryVariables,
} from '../../generated/graphql.ts';

/** Records that segments are kept of. */
export type SegmentedRecord = 'lead' | 'client';

interface SegmentDocuments {
  readonly list: TypedDocumentNode<LeadSegmentsQuery, LeadSegmentsQueryVariables>;
  readonly sizes: TypedDocumentNode<LeadSegmentSizesQuery, LeadSegmentSizesQueryVariables>;
  readonly create: TypedDocumentNode<CreateLeadSegmentMutation, CreateLeadSegmentMutationVariables>;
  readonly edit: TypedDocumentNode<EditLeadSegmentMutation, EditLeadSegmentMutationVariables>;
  readonly remove: TypedDocumentNode<DeleteLeadSegmentMutation, DeleteLeadSegmentMutationVariables>;
}

/** Operations on segments; those of every kind of records answer alike. */
export const SEGMENT_DOCUMENTS: Readonly<Record<SegmentedRecord, SegmentDocuments>> = {
  lead: {
    list: LeadSegmentsDocument,
    sizes: LeadSegmentSizesDocument,
    create: CreateLeadSegmentDocument,
    edit: EditLeadSegmentDocument,
    remove: DeleteLeadSegmentDocument,
  },
  client: {
    list: ClientSegmentsDocument,
    sizes: ClientSegmentSizesDocument,
    create: CreateClientSegmentDocument,
    edit: EditClientSegmentDocument,
    remove: DeleteClientSegmentDocument,
  },
};
