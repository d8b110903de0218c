import { randomUUID } from 'node:crypto';

interface View {
  readonly id: string;
  readonly name: string;
}
interface Column {
  readonly id: string;
  readonly viewId: string;
  readonly fieldValue: string;
  readonly isVisible: boolean;
}
interface Item {
  readonly id: string;
  readonly type: string;
  readonly name: string | null;
  readonly folderId: string | null;
  readonly position: number;
}

/** As much of twenty's API of views as `./mak twenty install` asks. Its answers are looked at by twenty.int-spec.ts of the command. */
export const PAGES_SCHEMA = `
  scalar CreateViewInput scalar CreateViewFilterInput scalar CreateViewFieldInput scalar CreateViewGroupInput
  scalar UpdateViewGroupInput scalar DestroyViewGroupInput scalar CreateNavigationMenuItemInput
  type View { id: ID! name: String }
  type ViewPart { id: ID! }
  type ViewGroup { id: ID! fieldValue: String! isVisible: Boolean! }
  type NavigationMenuItem { id: ID! type: String! name: String folderId: ID position: Float! }
  extend type Query {
    getView(id: String!): View
    getViewGroups(viewId: String): [ViewGroup!]!
    navigationMenuItems: [NavigationMenuItem!]!
  }
  extend type Mutation {
    createView(input: CreateViewInput!): View!
    destroyView(id: String!): Boolean!
    createViewFilter(input: CreateViewFilterInput!): ViewPart!
    createManyViewFields(inputs: [CreateViewFieldInput!]!): [ViewPart!]!
    createManyViewGroups(inputs: [CreateViewGroupInput!]!): [ViewGroup!]!
    updateViewGroup(input: UpdateViewGroupInput!): ViewGroup!
    destroyViewGroup(input: DestroyViewGroupInput!): ViewGroup!
    createNavigationMenuItem(input: CreateNavigationMenuItemInput!): NavigationMenuItem!
    deleteNavigationMenuItem(id: UUID!): NavigationMenuItem
  }`;

/** Views of a workspace and what leads to them. */
export class SimulatedPages {
  readonly views = new Map<string, View>();
  readonly columns = new Map<string, Column>();
  readonly items = new Map<string, Item>();

  readonly root = {
    getView: ({ id }: { readonly id: string }) => this.views.get(id) ?? null,
    getViewGroups: ({ viewId }: { readonly viewId: string }) =>
      [...this.columns.values()].filter((column) => column.viewId === viewId),
    navigationMenuItems: () => [...this.items.values()],
    createView: ({ input }: { readonly input: View }) => {
      this.views.set(input.id, input);
      // The column of records without a value, which nobody asks for.
      this.addColumns([{ viewId: input.id, fieldValue: '', isVisible: true }]);
      return input;
    },
    destroyView: ({ id }: { readonly id: string }) => this.views.delete(id),
    createViewFilter: () => ({ id: randomUUID() }),
    createManyViewFields: ({ inputs }: { readonly inputs: readonly object[] }) =>
      inputs.map(() => ({ id: randomUUID() })),
    createManyViewGroups: ({ inputs }: { readonly inputs: readonly Omit<Column, 'id'>[] }) =>
      this.addColumns(inputs),
    updateViewGroup: ({
      input: { id, update },
    }: {
      readonly input: { readonly id: string; readonly update: Partial<Column> };
    }) => {
      const column = this.columns.get(id);
      if (column !== undefined) this.columns.set(id, { ...column, ...update });
      return this.columns.get(id);
    },
    destroyViewGroup: ({ input: { id } }: { readonly input: { readonly id: string } }) => {
      const column = this.columns.get(id);
      this.columns.delete(id);
      return column;
    },
    createNavigationMenuItem: ({ input }: { readonly input: Item }) => {
      this.items.set(input.id, input);
      return input;
    },
    deleteNavigationMenuItem: ({ id }: { readonly id: string }) => {
      const item = this.items.get(id);
      this.items.delete(id);
      return item;
    },
  };

  private addColumns(inputs: readonly Omit<Column, 'id'>[]): readonly Column[] {
    const made = inputs.map((input) => ({ ...input, id: randomUUID() }));
    for (const column of made) this.columns.set(column.id, column);
    return made;
  }
}
