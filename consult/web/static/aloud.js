// Reads a question aloud with the device's own voice, where it has one of the language and nobody
// recorded the question. Voices that send the words to another computer are left alone.

const ICON = `<svg viewBox="0 0 24 24" width="20" height="20" fill="currentColor" aria-hidden="true">
<path d="M4 9v6h4l5 4V5L8 9zM16 8a5 5 0 0 1 0 8z"/></svg>`;
const TEXTS = "legend, .asked, .field > label, .hint:not(.left), .help, .choice > span";
const base = (tag) => tag.toLowerCase().split(/[-_]/)[0];
let reading = null;

const language = (part) => (part.querySelector("[lang]") ?? part.closest("[lang]")).lang;
const voiceOf = (tag) => speechSynthesis.getVoices().find(
  (voice) => voice.localService && base(voice.lang) === base(tag));

function say(part) {
  const words = new SpeechSynthesisUtterance(part.textContent.trim());
  words.voice = voiceOf(language(part));
  words.lang = words.voice?.lang ?? "";
  if (words.voice) speechSynthesis.speak(words);
  return words;
}

function quiet() {
  reading?.setAttribute("aria-pressed", "false");
  reading = null;
  speechSynthesis.cancel();
}

function toggle(button, parts) {
  const wasReading = reading === button;
  quiet();
  if (wasReading) return;
  reading = button;
  button.setAttribute("aria-pressed", "true");
  const last = parts.filter((part) => part.offsetParent).map(say).filter((words) => words.voice).at(-1);
  if (last) last.onend = () => { if (reading === button) quiet(); };
}

function offer(block) {
  const parts = [...block.querySelectorAll(TEXTS)];
  const isDone = block.querySelector("audio, .read");
  if (!parts.length || isDone || !voiceOf(language(parts[0]))) return;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "quiet read", innerHTML: ICON, ariaPressed: "false" });
  button.append(document.getElementById("aloud").dataset.text);
  button.addEventListener("click", () => toggle(button, parts));
  parts[0].after(button);
}

const offerAll = () => document.querySelectorAll("[data-question]").forEach(offer);

if (globalThis.speechSynthesis) {
  offerAll();
  speechSynthesis.addEventListener?.("voiceschanged", offerAll);
  addEventListener("pagehide", quiet);
}
