/** What this browser calls itself in the list of devices: `Firefox on Android`. */
export function deviceName(agent: string): string {
  const [, browser = "Browser"] = /(Firefox|Edg|Chrome|Safari)\//.exec(agent) ?? [];
  const [, system = "an unknown system"] = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(agent) ?? [];
  return `${browser.replace("Edg", "Edge")} on ${system.replace("Mac OS X", "macOS")}`;
}
