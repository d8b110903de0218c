import { SCOPE_SECTIONS } from '../../parts/access/access-texts.ts';
import type { ScopeSection } from '../../parts/access/access-texts.ts';

export interface PermissionSection {
  readonly section: ScopeSection | 'other';
  readonly keys: readonly string[];
}

/** Permissions by section; those of a newer server that no section names come last. */
export function sectionsOf(keys: readonly string[]): PermissionSection[] {
  const rest = new Set(keys);
  const sections: PermissionSection[] = SCOPE_SECTIONS.map(({ section, keys: known }) => ({
    section,
    keys: known.filter((key) => rest.delete(key)),
  }));
  return [...sections, { section: 'other' as const, keys: [...rest] }].filter(
    (one) => one.keys.length > 0,
  );
}
