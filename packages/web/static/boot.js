// Runs before the first paint: theme and skin as this browser keeps them, and words where the page cannot run.
(function () {
  var root = document.documentElement;
  ["theme", "skin"].forEach(function (name) {
    try {
      var value = localStorage.getItem("pier." + name);
      if (value && value !== "system" && value !== "default") root.setAttribute("data-" + name, value);
    } catch (error) {
      // Without storage the page follows the system.
      void error;
    }
  });
  function say(text) {
    var line = document.getElementById("boot");
    if (!line)
      return document.addEventListener("DOMContentLoaded", function () {
        say(text);
      });
    line.textContent = String(text);
    line.hidden = false;
  }
  if (!("noModule" in document.createElement("script"))) {
    say(
      "This browser is too old for Pier's page: it runs no JavaScript modules. In a terminal, `pier attach` does the same without a browser.",
    );
  }
  window.addEventListener(
    "error",
    function (event) {
      var target = event.target;
      if (target && (target.tagName === "SCRIPT" || (target.tagName === "LINK" && target.rel === "modulepreload"))) {
        say("A part of Pier's page could not be loaded. Is the daemon still running? Reload to try again.");
      }
    },
    true,
  );
})();
