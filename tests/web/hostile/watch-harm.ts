import type { Frame, Page } from "playwright-core";

/** What a page must not do because of a text. */
export interface HarmWatch {
  /** Fails when a text ran, asked another host, led somewhere, broke the page's policy or became an element that may do so. */
  expectHarmless(): Promise<void>;
}

/** Watches a page from before it has anything to show; its address is read when it is there. */
export async function watchHarm(page: Page): Promise<HarmWatch> {
  const harm: string[] = [];
  page.on("dialog", (dialog) => {
    harm.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", (other) => harm.push(`another page: ${other.url()}`));
  page.on("download", (download) => harm.push(`a download: ${download.url()}`));
  await page.exposeFunction("noteViolation", (words: string) => harm.push(words));
  await page.addInitScript({ content: noteViolations });
  await page.reload();
  const address = page.url();
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame() && frame.url() !== address) harm.push(`it led to ${frame.url()}`);
  });
  return {
    async expectHarmless() {
      for (const frame of page.frames()) {
        if (await hasRun(frame)) harm.push(`it ran in ${frame.url()}`);
      }
      harm.push(...(await page.evaluate<string[]>(findArmed)));
      if (harm.length > 0) throw new Error(harm.join("\n"));
    },
  };
}

/** Whether a text ran in a frame. Diagrams are drawn in one that comes and goes, and begins with an empty document. */
async function hasRun(frame: Frame): Promise<boolean> {
  try {
    return (await frame.evaluate("typeof ran")) !== "undefined";
  } catch (error) {
    if (frame.isDetached()) return false;
    if (!String(error).includes("Execution context was destroyed")) throw error;
    return hasRun(frame);
  }
}

const noteViolations = `addEventListener("securitypolicyviolation", (event) => {
  void noteViolation(["the policy was broken:", event.violatedDirective, event.blockedURI, event.sample].join(" "));
});`;

/** Elements of the page that could run, load or lead to something that no part of the interface has. */
const findArmed = String.raw`(() => {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (/^(?:object|embed|base|applet|foreignobject|animate|set|mglyph|marquee)$/i.test(name)) found.push("an element " + name);
    if (/^(?:script|style|link|iframe|img|image|use)$/.test(name)) {
      const source = element.getAttribute("src") ?? element.getAttribute("href") ?? "";
      const isOwn = new URL(source, document.baseURI).origin === location.origin || /^(?:data:image\/|blob:)/.test(source);
      if (!isOwn || element.hasAttribute("srcdoc") || element.hasAttribute("srcset")) found.push(element.outerHTML);
    }
    for (const { name, value } of element.attributes) {
      const isAddress = /^(?:href|xlink:href|action|formaction|ping|to|from|values)$/.test(name);
      const isArmed = isAddress && !/^(?:https?:|mailto:|[#/.]|$)/.test(value);
      if (isArmed || name.startsWith("on")) found.push("an attribute " + name + "=" + value);
    }
  }
  return found;
})()`;
