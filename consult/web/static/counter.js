// Says how many characters are left, once the end is near and when the typing pauses.

const NEAR_END = 0.2;
const PAUSE = 800;

function words(note, left, longest) {
  if (left > longest * NEAR_END) return "";
  return (left < 0 ? note.dataset.over : note.dataset.left).replace("{count}", Math.abs(left));
}

for (const field of document.querySelectorAll("textarea[data-longest]")) {
  const note = document.getElementById(`${field.id}-left`);
  let clock;
  field.addEventListener("input", () => {
    clearTimeout(clock);
    clock = setTimeout(() => {
      const longest = Number(field.dataset.longest);
      const text = words(note, longest - [...field.value].length, longest);
      if (note.textContent !== text) note.textContent = text;
    }, PAUSE);
  });
}
