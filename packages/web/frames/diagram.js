// Draws diagrams where nothing can be reached: this page has no origin and may load nothing. `mermaid` stands above.
/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access */
(() => {
  // What a diagram wants to show from elsewhere could not be loaded; this says so before it is tried.
  window.Image = class {
    constructor() {
      throw new Error("Images from elsewhere are not loaded.");
    }
  };

  async function draw(request) {
    window.mermaid.initialize({
      startOnLoad: false,
      securityLevel: "strict",
      suppressErrorRendering: true,
      // Text that every viewer of SVG shows, an <img> too.
      htmlLabels: false,
      flowchart: { htmlLabels: false },
      maxTextSize: request.limits.source,
      maxEdges: request.limits.edges,
      theme: "base",
      look: "classic",
      darkMode: request.dark,
      themeVariables: request.colours,
      fontFamily: request.font,
      // What a diagram's own directives may not set.
      secure: [
        "secure",
        "securityLevel",
        "startOnLoad",
        "suppressErrorRendering",
        "maxTextSize",
        "maxEdges",
        "htmlLabels",
        "dompurifyConfig",
        "theme",
        "themeCSS",
        "themeVariables",
        "fontFamily",
        "altFontFamily",
      ],
    });
    const drawn = await window.mermaid.render("d" + request.id, request.source);
    return toPicture(drawn.svg);
  }

  /** The SVG with a size of its own, as an image has to have one, and without what an image has no use for. */
  function toPicture(text) {
    const holder = document.createElement("template");
    holder.innerHTML = text;
    const svg = holder.content.querySelector("svg");
    const box = (svg.getAttribute("viewBox") || "").split(/[\s,]+/).map(Number);
    if (box.length !== 4 || !(box[2] > 0) || !(box[3] > 0)) throw new Error("The diagram is empty.");
    svg.setAttribute("width", String(Math.ceil(box[2])));
    svg.setAttribute("height", String(Math.ceil(box[3])));
    svg.style.maxWidth = "";
    svg.style.background = "";
    svg.querySelectorAll("script, iframe, object, embed").forEach((element) => {
      element.remove();
    });
    return { svg: new XMLSerializer().serializeToString(svg), width: Math.ceil(box[2]), height: Math.ceil(box[3]) };
  }

  async function reply(request) {
    try {
      return { id: request.id, ...(await draw(request)) };
    } catch (error) {
      // What a parser would have taken instead is a list of its own names, which tell people nothing.
      return { id: request.id, problem: String(error?.message ?? error).split(/\nExpecting /)[0] };
    } finally {
      document.body.replaceChildren();
    }
  }

  window.addEventListener("message", (event) => {
    if (event.source !== window.parent) return;
    void reply(event.data).then((said) => window.parent.postMessage(said, event.origin));
  });
  // It says nothing but that it is there.
  window.parent.postMessage({ ready: true }, "*");
})();
