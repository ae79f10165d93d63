import { pageColours } from "./page-colours.svelte.ts";

/** How a diagram looks on this page now. */
export interface DiagramLook {
  dark: boolean;
  font: string;
  /** mermaid's names. */
  colours: Record<string, string>;
}

/** The look of the page as mermaid takes it. Readers are told when it changes. */
export function diagramLook(): DiagramLook {
  const read = pageColours.read(tokens);
  const dark = brightness(read.background) < brightness(read.textColor);
  return { dark, font: "system-ui, sans-serif", colours: { ...read, ...same(read), fontSize: "14px" } };
}

const tokens = {
  background: "--surface",
  textColor: "--text",
  primaryColor: "--accent-soft",
  primaryTextColor: "--text",
  primaryBorderColor: "--accent",
  secondaryColor: "--surface-sunken",
  secondaryTextColor: "--text",
  secondaryBorderColor: "--line-strong",
  tertiaryColor: "--surface-raised",
  tertiaryTextColor: "--text",
  tertiaryBorderColor: "--line-strong",
  lineColor: "--text-muted",
  edgeLabelBackground: "--surface",
  clusterBkg: "--surface-sunken",
  clusterBorder: "--line",
  noteBkgColor: "--surface-sunken",
  noteTextColor: "--text",
  noteBorderColor: "--line-strong",
  errorBkgColor: "--negative-soft",
  errorTextColor: "--negative",
  pie1: "--presence-1",
  pie2: "--presence-2",
  pie3: "--presence-3",
  pie4: "--presence-4",
  pie5: "--accent-soft",
  pie6: "--surface-sunken",
} as const;

/** What mermaid would otherwise mix itself from colours of another page. */
function same(read: Record<keyof typeof tokens, string>): Record<string, string> {
  return {
    titleColor: read.textColor,
    nodeTextColor: read.textColor,
    pieTitleTextColor: read.textColor,
    pieSectionTextColor: read.textColor,
    pieLegendTextColor: read.textColor,
    pieStrokeColor: read.background,
    pieOuterStrokeColor: read.tertiaryBorderColor,
    actorLineColor: read.lineColor,
    signalColor: read.textColor,
    signalTextColor: read.textColor,
    labelTextColor: read.textColor,
    loopTextColor: read.textColor,
  };
}

function brightness(colour: string): number {
  return [1, 3, 5].reduce((sum, at) => sum + parseInt(colour.slice(at, at + 2), 16), 0);
}
