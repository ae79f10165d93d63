// Runs in the page: keeps the ms from each key until the frame that shows it was painted in `keys`.
const keys = (globalThis.keys = []);
addEventListener("keydown", ({ timeStamp }) => {
  // A message that is posted in a frame comes when that frame is done.
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => keys.push(performance.now() - timeStamp);
    port2.postMessage(null);
  });
});
