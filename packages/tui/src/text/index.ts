export { bodyText, contentText } from "./body-text.ts";
export { neutralise, neutraliseLine } from "./neutralise.ts";
