/** ms of a task; then the page has its turn. */
const slice = 8;

const waiting: (() => void)[] = [];
let isRunning = false;

/** Runs steps one after another, a few at a time, so that thousands of them leave the page alive. */
export function inTurn(step: () => void): void {
  waiting.push(step);
  if (isRunning) return;
  isRunning = true;
  setTimeout(run);
}

function run(): void {
  const end = performance.now() + slice;
  let step: (() => void) | undefined;
  while (performance.now() < end && (step = waiting.shift())) step();
  isRunning = waiting.length > 0;
  if (isRunning) setTimeout(run);
}
