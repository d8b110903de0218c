import { ViewFilterOperand } from 'twenty-sdk/define';
import type { ViewConfig, ViewSortDirection, ViewType } from 'twenty-sdk/define';
import type { ObjectName } from '../constants/object-names.ts';
import { fieldIdentifier, identify, objectIdentifier } from '../constants/universal-identifiers.ts';

/** Width of a column in pixels where none is told. */
const COLUMN = 160;
/** Name and other long texts. */
const WIDE_COLUMN = 240;

interface Filter {
  readonly field: string;
  readonly operand: ViewFilterOperand;
  readonly value: NonNullable<ViewConfig['filters']>[number]['value'];
}

interface ViewLook {
  readonly name: string;
  readonly icon: string;
  readonly type: ViewType;
  readonly position: number;
  /** Fields in their order; the first is the wide one. */
  readonly columns: readonly string[];
  readonly filters?: readonly Filter[];
  readonly sort?: readonly [field: string, direction: ViewSortDirection];
}

export function viewIdentifier(key: string): string {
  return identify('view', key);
}

/** A view of an object of this app; `key` names it for good. */
export function viewConfig(object: ObjectName, key: string, look: ViewLook): ViewConfig {
  const { columns, filters = [], sort, ...rest } = look;
  return {
    ...rest,
    universalIdentifier: viewIdentifier(key),
    objectUniversalIdentifier: objectIdentifier(object),
    fields: columns.map((field, position) => ({
      universalIdentifier: identify('viewField', key, field),
      fieldMetadataUniversalIdentifier: fieldIdentifier(object, field),
      position,
      isVisible: true,
      size: position === 0 ? WIDE_COLUMN : COLUMN,
    })),
    filters: filters.map(({ field, operand, value }) => ({
      universalIdentifier: identify('viewFilter', key, field),
      fieldMetadataUniversalIdentifier: fieldIdentifier(object, field),
      operand,
      value,
    })),
    sorts:
      sort === undefined
        ? []
        : [
            {
              universalIdentifier: identify('viewSort', key, sort[0]),
              fieldMetadataUniversalIdentifier: fieldIdentifier(object, sort[0]),
              direction: sort[1],
            },
          ],
  };
}

/** Records whose relation to a person of the workspace is the one who looks. */
export function isMe(field: string): Filter {
  return {
    field,
    operand: ViewFilterOperand.IS,
    value: JSON.stringify({ isCurrentWorkspaceMemberSelected: true, selectedRecordIds: [] }),
  };
}

/** Records whose choice is one of these. */
export function isOneOf(field: string, ...values: readonly string[]): Filter {
  return { field, operand: ViewFilterOperand.IS, value: [...values] };
}

export function isEmpty(field: string): Filter {
  return { field, operand: ViewFilterOperand.IS_EMPTY, value: '' };
}
