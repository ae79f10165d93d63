import { createContext } from "svelte";

/** Whether a text was still being written when it came on the screen: what is inside it may grow. */
export const [mayGrow, setMayGrow] = createContext<boolean>();
