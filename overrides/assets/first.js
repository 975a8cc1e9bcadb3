// Applies the reader's choice of colours before the first paint, so that nothing flashes. Loaded synchronously, so it must
// stay tiny.
document.documentElement.className = "js";
// What needs the other script is hidden, and the menu is open, where that script fails or does not come.
function without() {
  if (!("ready" in document.documentElement.dataset)) document.documentElement.className = "no-js";
}
addEventListener("error", without, true);
addEventListener("load", () => setTimeout(without, 4000));
setTimeout(without, 8000);
try {
  const kept = localStorage.getItem("colours");
  if (kept === "dark" || kept === "light") document.documentElement.dataset.colours = kept;
} catch (error) {
  // Storage may be blocked, as in private windows. The system setting then applies.
}
