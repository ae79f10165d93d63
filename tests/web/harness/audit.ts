import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Audit {
  run(
    within: string,
    options: object,
  ): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }>;
}

/** Fails when axe finds something on the page, or within a part of it, that keeps people out: WCAG 2.2 AA and common practice. */
export async function expectAccessible(page: Page, within = "html"): Promise<void> {
  // Colours that are still changing would be measured on their way.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate(source);
  const found = await page.evaluate(async (part) => {
    const { axe } = globalThis as unknown as { axe: Audit };
    const { violations } = await axe.run(part, { resultTypes: ["violations"] });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join("\n  ")}`);
  }, within);
  expect(found).toEqual([]);
}
