/** Records of one kind that one connector of a tenant keeps equal. */
export interface Place {
  readonly tenantId: string;
  readonly connector: string;
  readonly entity: string;
}
