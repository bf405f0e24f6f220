// Applied before the first paint: the text size and theme that this browser remembers.
(function () {
  "use strict";
  var root = document.documentElement;
  try {
    ["size", "theme"].forEach(function (name) {
      var kept = localStorage.getItem("communique-" + name);
      if (kept) root.dataset[name] = kept;
    });
  } catch (error) { /* storage is switched off: the cookie's choice stands */ }
  root.classList.add("js");
})();
