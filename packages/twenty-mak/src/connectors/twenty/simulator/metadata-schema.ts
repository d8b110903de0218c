import { buildSchema } from 'graphql';
import type { SimulatedType } from './objects.ts';
import { PAGES_SCHEMA } from './pages.ts';
import { refusal } from './refusals.ts';
import { SIGN_IN_SCHEMA } from './sign-in.ts';
import type { SimulatedWebhook } from './webhooks.ts';
import type { SimulatedWorkspace } from './workspace.ts';

const OF_EVERY_RECORD = ['createdBy', 'deletedAt'];

/** As much of twenty's API of settings as is asked. */
export const METADATA_SCHEMA = buildSchema(`
  scalar UUID
  input Paging { first: Int }
  input CreateWebhookInput { targetUrl: String! operations: [String!]! secret: String description: String }
  scalar Options
  type Field { id: ID! name: String! type: String options: Options }
  type ObjectMetadata { id: ID! nameSingular: String! namePlural: String! fieldsList: [Field!]! }
  type ObjectEdge { node: ObjectMetadata! }
  type ObjectConnection { edges: [ObjectEdge!]! }
  type Webhook { id: ID! targetUrl: String! operations: [String!]! secret: String }
  type User { id: ID! email: String firstName: String lastName: String locale: String }
  type WorkspaceUrls { customUrl: String subdomainUrl: String }
  type Workspace { id: ID! displayName: String workspaceUrls: WorkspaceUrls }
  type Application { id: ID! universalIdentifier: ID! name: String version: String }
  type Role { id: ID! label: String isEditable: Boolean canUpdateAllObjectRecords: Boolean
    canSoftDeleteAllObjectRecords: Boolean canDestroyAllObjectRecords: Boolean }
  type Query {
    currentUser: User
    currentWorkspace: Workspace
    objects(paging: Paging): ObjectConnection!
    webhooks: [Webhook!]!
    findManyApplications: [Application!]!
    getRoles: [Role!]!
  }
  type Mutation {
    createWebhook(input: CreateWebhookInput!): Webhook!
    deleteWebhook(id: UUID!): Webhook!
  }
  ${PAGES_SCHEMA}
  ${SIGN_IN_SCHEMA}`);

/** Answers to an API key, which knows the workspace and no person. */
export function settingsRoot(workspace: SimulatedWorkspace): object {
  const { webhooks, objects, pages, applications } = workspace;
  return {
    ...pages.root,
    currentWorkspace: { id: workspace.id, displayName: 'Simulated', workspaceUrls: {} },
    findManyApplications: applications,
    // The only role that nobody may change.
    getRoles: [
      {
        id: 'admin',
        label: 'Admin',
        isEditable: false,
        canUpdateAllObjectRecords: true,
        canSoftDeleteAllObjectRecords: true,
        canDestroyAllObjectRecords: true,
      },
    ],
    objects: {
      edges: objects.map(({ singular, plural, fields, relations, lists }) => ({
        node: {
          id: singular,
          nameSingular: singular,
          namePlural: plural,
          fieldsList: [
            ...OF_EVERY_RECORD,
            ...Object.keys({ ...fields, ...relations, ...lists }),
          ].map((name) => ({
            id: `${singular}.${name}`,
            name,
            options: optionsOf(fields[name]),
          })),
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

/** Of lists alone there are some. */
function optionsOf(type: SimulatedType | undefined): object[] | null {
  return typeof type === 'object' ? type.map((value) => ({ value, label: value })) : null;
}
