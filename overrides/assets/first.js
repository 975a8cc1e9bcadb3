// Before the first paint, so that a reader's choice of colours does not flash. So it is tiny, and waited for.
document.documentElement.className = "js";
try {
  const kept = localStorage.getItem("colours");
  if (kept === "dark" || kept === "light") document.documentElement.dataset.colours = kept;
} catch (error) {
  // A private window may refuse to tell: the device's own choice then holds.
}
