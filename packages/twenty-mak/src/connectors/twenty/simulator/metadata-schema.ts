import { buildSchema } from 'graphql';
import { refusal } from './refusals.ts';
import type { SimulatedWebhook } from './webhooks.ts';
import type { SimulatedWorkspace } from './workspace.ts';

/** As much of twenty's API of settings as is asked. */
export const METADATA_SCHEMA = buildSchema(`
  scalar UUID
  input Paging { first: Int }
  input CreateWebhookInput { targetUrl: String! operations: [String!]! secret: String description: String }
  type Field { name: String! type: String }
  type ObjectMetadata { id: ID! nameSingular: String! namePlural: String! fieldsList: [Field!]! }
  type ObjectEdge { node: ObjectMetadata! }
  type ObjectConnection { edges: [ObjectEdge!]! }
  type Webhook { id: ID! targetUrl: String! operations: [String!]! secret: String }
  type User { id: ID! email: String firstName: String lastName: String locale: String }
  type Workspace { id: ID! }
  type Query {
    currentUser: User
    currentWorkspace: Workspace
    objects(paging: Paging): ObjectConnection!
    webhooks: [Webhook!]!
  }
  type Mutation {
    createWebhook(input: CreateWebhookInput!): Webhook!
    deleteWebhook(id: UUID!): Webhook!
  }`);

/** Answers to an API key, which knows the workspace and no person. */
export function settingsRoot(workspace: SimulatedWorkspace): object {
  const { webhooks, objects } = workspace;
  return {
    currentWorkspace: { id: workspace.id },
    objects: {
      edges: objects.map(({ singular, plural, fields, relations }) => ({
        node: {
          id: singular,
          nameSingular: singular,
          namePlural: plural,
          fieldsList: [...Object.keys(fields), ...Object.keys(relations)].map((name) => ({ name })),
        },
      })),
    },
    webhooks: () => [...webhooks.all.values()],
    createWebhook: ({ input }: { readonly input: Omit<SimulatedWebhook, 'id'> }) =>
      webhooks.create(input),
    deleteWebhook: ({ id }: { readonly id: string }) => {
      const webhook = webhooks.all.get(id);
      if (webhook === undefined) throw refusal('Webhook not found', 'NOT_FOUND');
      webhooks.all.delete(id);
      return webhook;
    },
  };
}
