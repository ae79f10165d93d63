/** Name of the provider under which pi knows the demo model. */
export const DEMO_PROVIDER = "pier-demo";

/** The models offered; every name says that it is the demo. */
export const DEMO_MODELS = [
  { id: "demo", name: "Pier demo model", reasoning: false },
  { id: "demo-reasoning", name: "Pier demo model, with thinking", reasoning: true },
] as const;

export type DemoModelId = (typeof DEMO_MODELS)[number]["id"];
