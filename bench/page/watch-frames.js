// Runs in the page: keeps the ms between any two frames in `gaps`.
const gaps = (globalThis.gaps = []);
let last = performance.now();
requestAnimationFrame(function frame(now) {
  gaps.push(now - last);
  last = now;
  requestAnimationFrame(frame);
});
