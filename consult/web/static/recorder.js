// Records an answer, plays it back, and puts it as letters into a field of the form.

const BITS = 32000; // a second: clear speech, three minutes in about 700 kB
const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const known = new WeakSet();

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

function letters(blob) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]
      .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""));
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(blob);
  });
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

export function open(box) {
  if (known.has(box)) return;
  known.add(box);
  const part = (name) => box.querySelector(`[data-part=${name}]`);
  const field = box.querySelector("[type=hidden]");
  const before = box.parentElement.querySelector(".heard");
  const drop = before?.querySelector("[type=checkbox]");
  let recorder = null;
  let stopped = null;
  let seconds = 0;

  function show(...names) {
    for (const one of ["record", "stop", "again", "drop", "player", "dot"]) {
      part(one).hidden = !names.includes(one);
    }
  }

  function say(word) {
    part("state").textContent = box.dataset[word] ?? "";
  }

  function put(text) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function offer(blob) {
    URL.revokeObjectURL(part("player").src);
    part("player").src = URL.createObjectURL(blob);
    show("player", "again", "drop");
    if (before) before.hidden = true;
  }

  async function finish(parts, word) {
    const blob = new Blob(parts, { type: recorder.mimeType.split(";")[0] });
    recorder.stream.getTracks().forEach((track) => track.stop());
    recorder = null;
    put(await letters(blob));
    offer(blob);
    say(word);
    part("again").focus();
  }

  function listen(stream) {
    const parts = [];
    let word = "recorded";
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS });
    seconds = 0;
    part("time").textContent = clock(0);
    const ticking = setInterval(() => {
      part("time").textContent = clock(++seconds);
      if (seconds < Number(box.dataset.longest)) return;
      word = "over";
      recorder.stop();
    }, 1000);
    recorder.ondataavailable = (event) => parts.push(event.data);
    stopped = new Promise((done) => {
      recorder.onstop = () => { clearInterval(ticking); finish(parts, word).then(done); };
    });
    recorder.start();
    show("stop", "dot");
    say("recording");
    part("stop").focus();
  }

  async function record() {
    try {
      listen(await navigator.mediaDevices.getUserMedia({ audio: true }));
    } catch (error) {
      say(error.name === "NotAllowedError" ? "denied" : "fails");
    }
  }

  function forget() {
    put("");
    if (drop) drop.checked = true;
    part("time").textContent = "";
    show("record");
    say("deleted");
    part("record").focus();
  }

  // A press on “Next” while the recorder runs: first what was said, then the form.
  document.addEventListener("submit", (event) => {
    if (event.target !== field.form || !recorder) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    recorder.stop();
    stopped.then(() => field.form.requestSubmit(button));
  }, true);
  part("record").addEventListener("click", record);
  part("again").addEventListener("click", record);
  part("stop").addEventListener("click", () => recorder?.stop());
  part("drop").addEventListener("click", forget);

  part("panel").hidden = false;
  part("open").parentElement.hidden = true;
  if (field.value) offer(new Blob([bytes(field.value)]));
  else part("record").focus();
  if (field.value) say("recorded");
}
