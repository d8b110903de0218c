/** The members that were sent: GraphQL says null, or undefined, where REST leaves a member out. */
export function withoutNulls(input: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
}
