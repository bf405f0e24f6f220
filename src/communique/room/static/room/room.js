// What makes the room quicker to use. Every page reads and every form works without it.
(function () {
  "use strict";
  var root = document.documentElement;
  var $ = function (query, within) { return Array.prototype.slice.call((within || document).querySelectorAll(query)); };

  // Text size and theme: remembered by this browser, without loading the page again.
  $(".looks a").forEach(function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      var name = link.dataset.size ? "size" : "theme", value = link.dataset[name];
      root.dataset[name] = value;
      try { localStorage.setItem("communique-" + name, value); } catch (error) { /* not remembered, then */ }
      document.cookie = name + "=" + value + ";path=/;max-age=31536000;samesite=lax";
      current();
    });
  });
  function current() {
    $(".looks a").forEach(function (link) {
      var name = link.dataset.size ? "size" : "theme";
      if (root.dataset[name] === link.dataset[name]) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
  current();

  // A country on a map leads to its page; the same links stand in the list beside it.
  $(".map [data-href]").forEach(function (land) {
    land.addEventListener("click", function () {
      var same = $("a[href$='" + land.dataset.href + "'], a[href$='" + land.dataset.href.slice(1) + ".html']")[0];
      if (same) same.click(); else location.href = land.dataset.href;
    });
  });

  // The report: choosing a record shows its sentence, choosing a sentence shows its records.
  function choose(numbers, show) {
    $(".chosen").forEach(function (one) { one.classList.remove("chosen"); });
    var wanted = numbers.map(String), first = null;
    $("[data-r]").forEach(function (one) {
      var about = one.dataset.r.split(" ");
      if (about.some(function (n) { return wanted.indexOf(n) >= 0; })) {
        one.classList.add("chosen");
        if (!first && one.matches(show)) first = one;
      }
    });
    if (first) {
      var box = first.getBoundingClientRect();
      if (box.top < 0 || box.bottom > window.innerHeight) first.scrollIntoView({ block: "center" });
    }
    return first;
  }
  $(".card").forEach(function (card) {
    var number = card.dataset.r;
    card.addEventListener("click", function (event) {
      if (event.target.closest("a:not(.num), button, summary, form, details")) return;
      event.preventDefault();
      choose([number], ".sentence");
      history.replaceState(null, "", "#r" + number);
    });
  });
  $(".text .sentence").forEach(function (sentence) {
    sentence.addEventListener("click", function () {
      if (String(window.getSelection())) return;
      choose(sentence.dataset.r.split(" "), ".card");
      if (sentence.id) history.replaceState(null, "", "#" + sentence.id);
    });
  });
  $(".text .ref").forEach(function (ref) {
    ref.addEventListener("click", function (event) {
      event.preventDefault();
      var number = ref.getAttribute("href").slice(2);
      var card = choose([number], ".card");
      history.replaceState(null, "", "#r" + number);
      if (card) { card.tabIndex = -1; card.focus({ preventScroll: true }); }
    });
  });
  function arrive() {
    var hash = location.hash.slice(1), record = /^r(\d+)$/.exec(hash), at = /^s(\d+)$/.exec(hash);
    if (record) choose([record[1]], ".sentence");
    if (at) {
      var target = document.getElementById(hash), sentence = target && target.closest(".sentence");
      if (sentence) choose(sentence.dataset.r.split(" "), ".card");
      if (sentence) sentence.scrollIntoView({ block: "center" });
    }
  }
  arrive();
  window.addEventListener("hashchange", arrive);

  // Marking words of a report fills the form for an event that was missed.
  var words = document.getElementById("m-words"), text = document.querySelector(".text");
  if (words && text) {
    document.addEventListener("selectionchange", function () {
      var chosen = window.getSelection();
      if (!chosen.rangeCount || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return;
      var said = String(chosen).trim();
      if (said && said.length <= 300) words.value = said;
    });
  }

  // Keys of the review queue. They can be switched off, and are off while somebody types.
  var queue = document.querySelector("[data-keys]");
  if (queue) {
    var box = document.getElementById("keys-on");
    try { box.checked = localStorage.getItem("communique-keys") !== "off"; } catch (error) { box.checked = true; }
    box.addEventListener("change", function () {
      try { localStorage.setItem("communique-keys", box.checked ? "on" : "off"); } catch (error) { /* for this page */ }
    });
    document.addEventListener("keydown", function (event) {
      if (!box.checked || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
      var button = queue.querySelector("[data-key='" + event.key.toLowerCase() + "']");
      if (!button) return;
      event.preventDefault();
      if (button.tagName === "SUMMARY") {
        button.parentNode.open = true;
        var field = button.parentNode.querySelector("select, input:not([type=hidden])");
        if (field) field.focus();
      } else button.click();
    });
  }
})();
