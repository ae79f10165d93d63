/** What every answer carries: nothing from elsewhere, no inline script, no guessing of types. */
export const securityHeaders = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    // Only the two pages below, which have an origin of their own.
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    // What makes Svelte's own templates, and what names the script of a worker.
    "trusted-types svelte-trusted-html pier-worker",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), payment=(), usb=()",
} as const;

/**
 * For a page that the interface shows in a frame and that handles what a model wrote: it has no origin, no storage and no
 * cookies, runs the scripts with these digests and loads nothing but what `more` allows.
 */
export function frameHeaders(scriptDigests: readonly string[], more: readonly string[] = []): Record<string, string> {
  return {
    "content-security-policy": [
      "sandbox allow-scripts",
      "default-src 'none'",
      `script-src ${scriptDigests.map((digest) => `'sha256-${digest}'`).join(" ")}`,
      "style-src 'unsafe-inline'",
      ...more,
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'self'",
    ].join("; "),
    "x-frame-options": "SAMEORIGIN",
  };
}

/** For text that a model or a tool wrote: it is data, wherever it is opened. */
export const untrustedHeaders = {
  "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
  "content-disposition": "attachment",
} as const;
