/** How much a model may think, as pi names it; pi takes the nearest one that the model knows. */
export const thinkingLevels = [
  { level: "off", name: "Off" },
  { level: "minimal", name: "Minimal" },
  { level: "low", name: "Low" },
  { level: "medium", name: "Medium" },
  { level: "high", name: "High" },
  { level: "xhigh", name: "Highest" },
] as const;
