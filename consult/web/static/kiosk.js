/* A device for many people: after minutes without a touch or a key it warns, then begins anew. */
const note = document.getElementById("kiosk");
const wait = Number(note.dataset.seconds) * 1000;
const WARNING = 60 * 1000;
let timers = [];

function restart() {
  timers.forEach(clearTimeout);
  note.textContent = "";
  timers = [
    setTimeout(() => { note.textContent = note.dataset.warning; }, wait - WARNING),
    setTimeout(() => location.replace(note.dataset.start), wait),
  ];
}

for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
  addEventListener(kind, restart, { passive: true });
}
restart();
