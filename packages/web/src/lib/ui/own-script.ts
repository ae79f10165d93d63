/**
 * The address of a script of this page, for a worker: the policy of the page lets none start without somebody to vouch for
 * it, and this vouches for what came with the page only.
 *
 * @throws TypeError for an address elsewhere
 */
export function ownScript(address: string): string {
  const url = new URL(address, import.meta.url);
  if (url.origin !== location.origin) throw new TypeError(`${url.href} is no script of this page.`);
  // Browsers without Trusted Types take the address itself; the types of those with them call it a string too.
  const { trustedTypes } = window as { trustedTypes?: { createPolicy(name: string, rules: object): Policy } };
  policy ??= trustedTypes?.createPolicy("pier-worker", { createScriptURL: (text: string) => text });
  return policy?.createScriptURL(url.href) ?? url.href;
}

interface Policy {
  createScriptURL(address: string): string;
}

let policy: Policy | undefined;
