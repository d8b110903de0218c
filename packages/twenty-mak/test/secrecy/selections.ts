import { getNamedType, isObjectType, isRequiredArgument, Kind, parse, print } from 'graphql';
import type {
  FieldNode,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { MAX_FIELDS } from '../../src/platform/graphql/query-limits.ts';

/**
 * The same operation asking for every field down to some depth, as far as the limit of a document allows. A field that needs
 * arguments is left out.
 */
export function withEverything(schema: GraphQLSchema, document: string, depth: number): string {
  const operation = parse(document).definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const [field] = operation?.selectionSet.selections ?? [];
  if (operation === undefined || field?.kind !== Kind.FIELD) throw new Error(document);
  const type = schema.getRootType(operation.operation)?.getFields()[field.name.value]?.type;
  if (type === undefined) throw new Error(`${field.name.value} is not in the schema`);
  const selectionSet = selectionOf(getNamedType(type), depth, { left: MAX_FIELDS - 1 });
  const whole: FieldNode = selectionSet === null ? field : { ...field, selectionSet };
  return print({
    ...operation,
    selectionSet: { kind: Kind.SELECTION_SET, selections: [whole] },
  });
}

function selectionOf(
  type: GraphQLNamedType,
  depth: number,
  room: { left: number },
): SelectionSetNode | null {
  if (!isObjectType(type)) return null;
  const selections: FieldNode[] = [];
  for (const field of Object.values(type.getFields())) {
    if (field.args.some(isRequiredArgument) || room.left === 0) continue;
    const inner = getNamedType(field.type);
    const name = { kind: Kind.NAME, value: field.name } as const;
    if (!isObjectType(inner)) {
      room.left -= 1;
      selections.push({ kind: Kind.FIELD, name });
      continue;
    }
    const selectionSet = depth > 1 ? selectionOf(inner, depth - 1, room) : null;
    if (selectionSet === null || room.left === 0) continue;
    room.left -= 1;
    selections.push({ kind: Kind.FIELD, name, selectionSet });
  }
  return selections.length === 0 ? null : { kind: Kind.SELECTION_SET, selections };
}
