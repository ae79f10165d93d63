/** What a device may do; each scope includes the ones before it. */
export const scopes = ["read", "prompt", "admin"] as const;

export type Scope = (typeof scopes)[number];

/** Whether a credential that holds `held` may do what needs `needed`; nothing covers a scope that is none. */
export function scopeCovers(held: Scope, needed: Scope): boolean {
  return scopes.includes(needed) && scopes.indexOf(held) >= scopes.indexOf(needed);
}
