/**
 * The secret of a pairing link, `#pair=…`, if the page was opened by one. It is taken out of the address bar and the
 * history before anything else happens.
 */
export function takePairingSecret(): string | null {
  const secret = /^#pair=([\w-]+)$/.exec(location.hash)?.[1] ?? null;
  if (secret !== null) history.replaceState(history.state, "", location.pathname + location.search);
  return secret;
}
