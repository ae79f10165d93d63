import { main } from "./run.ts";

// What `npm start` runs; people have the programs in `bin`.
await main("pier");
