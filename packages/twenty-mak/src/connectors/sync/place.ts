/** Records of one kind that one connector of a tenant keeps equal. */
export interface Place {
  readonly tenantId: string;
  readonly connector: string;
  readonly entity: string;
}

/** The first three parameters of every statement on these records. */
export function placeValues({ tenantId, connector, entity }: Place): readonly string[] {
  return [tenantId, connector, entity];
}
