// Shows one image from elsewhere, when the page around it says so; the page itself may load nothing from elsewhere.
/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-member-access */
(() => {
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || typeof event.data.src !== "string") return;
    const image = new Image();
    image.alt = event.data.alt;
    image.onload = () => {
      document.body.replaceChildren(image);
      window.parent.postMessage({ width: image.naturalWidth, height: image.naturalHeight }, event.origin);
    };
    image.onerror = () => {
      window.parent.postMessage({ problem: "The image could not be loaded." }, event.origin);
    };
    image.src = event.data.src;
  });
  window.parent.postMessage({ ready: true }, "*");
})();
