import { markdownLimits } from "./limits.ts";

/**
 * The address of a link as a page may hold it, or null for what shall stay text: http, https, mailto and fragments only.
 */
export function linkAddress(href: string): string | null {
  if (href.length > markdownLimits.address) return null;
  if (/^#[^\s]+$/.test(href)) return href;
  const url = parseUrl(href);
  return url && ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
}

/**
 * The host that a link leads to when its words look like another address: `[bank.example](https://evil.example)`. Null
 * where words and address agree or the words are just words.
 */
export function otherHost(address: string, words: string): string | null {
  if (address.startsWith("#")) return null;
  const host = hostOf(address);
  // What looks like an address: a scheme, or a name with a dot and no spaces.
  // Nobody sees what makes no mark, or only turns the direction of writing.
  const seen = words.replaceAll(/[\p{Cf}\p{Cc}]/gu, "").trim();
  const said = /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^\s/@]+\.[^\s/@.]{2,}(?:[/?#:][^\s]*)?$/iu.exec(seen)?.[0];
  if (said === undefined) return null;
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(said) ? said : `https://${said}`);
  // A file name such as `README.md` names no host, and a link to one is not a disguise.
  if (!url || (!said.includes("/") && !said.startsWith("www.") && fileEnding.test(said))) return null;
  return withoutWww(url.host) === withoutWww(host) ? null : host;
}

/** An image: shown at once when it is part of the text, otherwise only when somebody asks, by the host that would learn of it. */
export function imageAddress(href: string): { src: string; host: string | null } | null {
  if (/^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s%]+$/.test(href.slice(0, 200))) {
    return href.length <= markdownLimits.embeddedImage ? { src: href, host: null } : null;
  }
  const url = href.length <= markdownLimits.address ? parseUrl(href) : null;
  return url && (url.protocol === "https:" || url.protocol === "http:") ? { src: url.href, host: url.host } : null;
}

function hostOf(address: string): string {
  const url = parseUrl(address);
  return url?.protocol === "mailto:" ? url.pathname : (url?.host ?? "");
}

function parseUrl(text: string): URL | null {
  // Only what names its scheme: the rest would be an address of this page's own daemon.
  return /^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text) ? new URL(text) : null;
}

function withoutWww(host: string): string {
  return host.replace(/^www\./, "");
}

const fileEnding =
  /\.(?:md|txt|ts|tsx|js|jsx|mjs|cjs|json|py|rs|go|rb|java|kt|c|h|cpp|cs|sh|toml|ya?ml|html?|css|svelte|vue|sql|lock|log|xml|svg|png)$/i;
