// Applies the reader's choice of colours before the first paint, so that nothing flashes. Loaded synchronously, so it must
// stay tiny.
document.documentElement.className = "js";
try {
  const kept = localStorage.getItem("colours");
  if (kept === "dark" || kept === "light") document.documentElement.dataset.colours = kept;
} catch (error) {
  // Storage may be blocked, as in private windows. The system setting then applies.
}
