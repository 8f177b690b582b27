// What the browser does by itself: keep the focus, place menus, walk lists with the arrow keys.

// What Tab stops at inside an element.
function stops(frame) {
  const all = frame.querySelectorAll("a[href], button:not(:disabled), input, select, textarea");
  return [...all].filter((stop) => stop.offsetParent && stop.tabIndex >= 0);
}

// An update may draw the focused element anew. Its twin then gets the focus, found by the same hooks, or in
// a modal whatever now stands in its place.
const KEYS = ["data-block-id", "data-action-id", "data-value", "data-channel"];
let lost = null;

function remember(element) {
  const hooks = KEYS.filter((key) => element.hasAttribute(key)).map((key) => [key, element.getAttribute(key)]);
  const frame = element.closest("[data-ts], [data-modal], [data-home]");
  const caret = "selectionStart" in element ? element.selectionStart : null;
  const place = frame ? stops(frame).indexOf(element) : -1;
  lost = hooks.length ? { element, hooks, frame, place, tag: element.tagName, caret } : null;
}

function twin() {
  const within = lost.frame?.isConnected ? lost.frame : document;
  for (const ignored of [[], ["data-block-id"]]) {
    const query = lost.hooks
      .filter(([key]) => !ignored.includes(key))
      .map(([key, value]) => `[${key}="${CSS.escape(value)}"]`)
      .join("");
    const found = within.querySelector(lost.tag + query);
    if (found) return found;
  }
  return null;
}

document.addEventListener("focusin", (event) => remember(event.target));
document.addEventListener("focusout", (event) => {
  if (event.target.isConnected && event.relatedTarget) lost = null;
});
new MutationObserver(() => {
  if (!lost || lost.element.isConnected || document.activeElement !== document.body) return;
  const found = twin();
  const { caret, frame, place } = lost;
  lost = null;
  if (found) {
    found.focus({ preventScroll: true });
    if (caret !== null && found.setSelectionRange && found.type !== "number") {
      try { found.setSelectionRange(caret, caret); } catch { /* fields without a caret */ }
    }
  } else if (frame?.isConnected && frame.hasAttribute("data-modal")) {
    const left = stops(frame);
    (left[Math.min(Math.max(place, 0), left.length - 1)] ?? frame.querySelector(".dialog-body")).focus();
  }
}).observe(document.documentElement, { childList: true, subtree: true });

// A menu opens under its button, or above it when there is no room.
document.addEventListener(
  "toggle",
  (event) => {
    const panel = event.target;
    if (!(panel instanceof HTMLElement) || !panel.matches(".menu-panel") || event.newState !== "open") return;
    const opener = document.querySelector(`[popovertarget="${panel.id}"][aria-haspopup]`);
    const at = opener.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = panel;
    const below = at.bottom + 4 + height < innerHeight || at.top < height;
    panel.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
    panel.style.top = `${below ? Math.min(at.bottom + 4, innerHeight - height - 8) : at.top - height - 4}px`;
    panel.querySelector(".menu-item")?.focus();
  },
  true,
);

// Arrow keys walk through menus and lists of suggestions; Escape closes a list of suggestions.
document.addEventListener(
  "keydown",
  (event) => {
    const frame = event.target.closest?.(".menu-panel, .picker, .composer");
    if (!frame) return;
    const lines = [...frame.querySelectorAll(".menu-item, [role=option]")].filter((line) => line.offsetParent);
    if (event.key === "Escape" && frame.querySelector("[role=listbox]")?.offsetParent) {
      event.preventDefault();
      event.stopPropagation();
      const field = frame.querySelector("input, textarea");
      field.focus();
      field.dispatchEvent(new Event("dismiss"));
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !lines.length) return;
    const place = lines.indexOf(document.activeElement);
    if (place < 0 && step < 0) return;
    event.preventDefault();
    const above = place + step < 0 && frame.querySelector("input, textarea");
    (above || lines[Math.max(0, Math.min(lines.length - 1, place + step))]).focus();
  },
  true,
);

// Typing on goes into the field, also when one has walked into the list.
document.addEventListener("keydown", (event) => {
  const option = event.target.closest?.(".picker [role=option]");
  const isTyping = event.key === "Backspace" || (event.key.length === 1 && event.key !== " ");
  if (!option || !isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  option.closest(".picker").querySelector("input").focus();
});

// A dialog takes the focus when it has finished opening; Escape is meant for it before that too.
document.addEventListener("keydown", (event) => {
  const frame = document.querySelector("[data-modal]");
  if (event.key !== "Escape" || event.target !== document.body || !frame) return;
  frame.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
});

// Tab goes round inside a modal.
document.addEventListener("keydown", (event) => {
  const frame = event.key === "Tab" && event.target.closest?.("[data-modal]");
  if (!frame) return;
  const all = stops(frame);
  const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
  if (event.target !== from) return;
  event.preventDefault();
  to.focus();
});

// A list of suggestions closes when one goes elsewhere.
document.addEventListener("focusout", (event) => {
  const frame = event.target.closest?.(".picker, .composer");
  if (!frame || !event.relatedTarget || frame.contains(event.relatedTarget)) return;
  frame.querySelector("input, textarea")?.dispatchEvent(new Event("dismiss"));
});

// Picking an option empties the field it was found with.
document.addEventListener("click", (event) => {
  const option = event.target.closest?.(".picker [role=option]");
  if (!option) return;
  const field = option.closest(".picker").querySelector("input");
  field.value = "";
  field.focus();
});

addEventListener("popstate", () => emitEvent("place", location.search));
