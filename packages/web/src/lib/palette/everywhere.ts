import { goto } from "$app/navigation";
import { pageAt } from "#lib/pier/where.ts";
import { appearance, type Theme } from "#lib/settings/appearance.svelte.ts";
import type { Action } from "./actions.svelte.ts";
import { overlay, paletteKeys } from "./overlay.svelte.ts";

/** What can be done on every page. */
export function everywhere(): Action[] {
  const themes: [Theme, string][] = [
    ["light", "Light theme"],
    ["dark", "Dark theme"],
    ["system", "Theme of the system"],
  ];
  return [
    {
      ...action("palette", "Search and commands", "search", () => overlay.show("palette"), paletteKeys),
      place: "keys",
    },
    action("sessions", "All sessions", "panel", () => void goto(pageAt("/")), "g d"),
    action("settings", "Settings", "gear", () => void goto(pageAt("/settings")), "g s"),
    action("shortcuts", "Keyboard shortcuts", "note", () => overlay.show("shortcuts"), "?"),
    ...themes
      .filter(([theme]) => theme !== appearance.theme)
      .map(([theme, title]) => action(`theme-${theme}`, title, "contrast", () => appearance.setTheme(theme))),
  ];
}

function action(id: string, title: string, icon: string, run: () => void, key?: string): Action {
  return { id, title, icon, run, place: "everywhere", group: "Everywhere", ...(key !== undefined && { key }) };
}
