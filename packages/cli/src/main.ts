import { main } from "./run.ts";

// Without the cache of `bin`: what tests run, each in a home of its own.
await main("pier");
