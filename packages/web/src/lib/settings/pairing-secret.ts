/**
 * The secret of a pairing link, `#pair=…`, if the page was opened by one. It is taken out of the address bar and the
 * history before anything else happens.
 */
export function takePairingSecret(): string | null {
  const secret = given();
  if (secret !== null) history.replaceState(history.state, "", location.pathname + location.search);
  return secret;
}

/** Whether the page was opened by a pairing link whose secret was not taken yet. */
export function hasPairingSecret(): boolean {
  return given() !== null;
}

function given(): string | null {
  return /^#pair=([\w-]+)$/.exec(location.hash)?.[1] ?? null;
}
