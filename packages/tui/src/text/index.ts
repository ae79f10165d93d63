export { bodyText, contentText } from "./body-text.ts";
export { neutralise, neutraliseLine } from "@pier/client/messages";
